import ContentModel
import Foundation
import Grammar

/// An item's way: published, moved, copied, thrown away and brought back.
extension ContentCommands {
  var publish: Command {
    command(
      "publish", "Shows items to visitors, now or from a time on", arguments: [many],
      flags: [FlagSpec("at", help: "From then on", kind: .date)], heeds: SharedOption.bulk,
      examples: ["publish 12", "publish 12 --at 'tomorrow 08:00'"]
    ) { context in
      let site = try context.site
      let moment = try context.invocation.flag("at").map {
        try DateText.parse($0, now: site.clock(), timeZone: site.timeZone)
      }
      let isLater = moment.map { $0 > site.clock() } ?? false
      let past = isLater ? "Scheduled for \(context.style.text(.date(moment ?? .now))):" : "Published"
      try change("Publish", past, context) { item, operation in
        let wasPublic = item.envelope.state == .published
        item.envelope.state = .published
        if let moment {
          item.envelope.publishAt = moment
        } else if !wasPublic || (item.envelope.publishAt.map { $0 > operation.now } ?? true) {
          item.envelope.publishAt = operation.now
        }
      }
    }
  }

  var unpublish: Command {
    command(
      "unpublish", "Takes items back to draft", arguments: [many], heeds: SharedOption.bulk,
      examples: ["unpublish 12"]
    ) {
      context in
      try change("Unpublish", "Unpublished", context) { item, _ in item.envelope.state = .draft }
    }
  }

  var move: Command {
    command(
      "move", "Gives an item its place among its siblings", arguments: [one],
      flags: [FlagSpec("position", help: "Its new place, from 1", kind: .integer)],
      heeds: SharedOption.change,
      examples: ["move 3 --position 1"]
    ) { context in
      guard let position = context.invocation.integer("position"), position > 0 else {
        throw Refusal(
          .usage, "--position: which place, from 1?", hint: "Example: sen \(noun) move 3 --position 1")
      }
      let site = try context.site
      let report = try site.write(isDryRun: context.isDryRun) { operation in
        let old = try operation.item(ref(context, operation))
        var report = ChangeReport("Moved", noun, context)
        try report.add(operation.move(old.envelope.id, to: position), old: old, operation)
        return report
      }
      try report.tell()
    }
  }

  var clone: Command {
    command(
      "clone", "Makes a draft that is a copy of an item", arguments: [one], heeds: SharedOption.change,
      examples: ["clone 12"]
    ) {
      context in
      let report = try context.site.write(isDryRun: context.isDryRun) { operation in
        let source = try operation.item(ref(context, operation))
        var copy = try operation.blank(noun)
        (copy.values, copy.tags) = (source.values, source.tags)
        for (index, field) in shape.fields.enumerated() where field.has(.notCopied) {
          copy.values[index] = field.initial
        }
        copy.envelope.language = source.envelope.language
        copy.envelope.position = source.envelope.position
        var report = ChangeReport("Created", noun, context)
        try report.add(operation.create(copy), old: nil, operation)
        return report
      }
      try report.tell()
    }
  }

  /// The one item of the argument `ref`, within an operation.
  func ref(_ context: CommandContext, _ operation: Operation, isTrashed: Bool? = false) throws -> Int64 {
    try ItemSelection(site: operation.site, context: context, shape: shape, db: operation.db)
      .one(context.invocation.value("ref") ?? "", isTrashed: isTrashed)
  }

  var delete: Command {
    command(
      "delete", "Puts items into the trash; with --force removes them for good", arguments: [many],
      flags: [FlagSpec("force", help: "Remove for good, although others refer to it")],
      heeds: SharedOption.bulk, aliases: ["rm"],
      examples: ["delete 12", "delete 10-20 --yes"]
    ) { context in
      let site = try context.site
      let isForced = context.invocation.has("force")
      let ids = try select(context, isTrashed: isForced ? nil : false)
      if ids.count > 1 || isForced || context.invocation.has("filter") {
        let what = Counted.text(ids.count, noun)
        try context.confirm(isForced ? "Remove \(what) for good?" : "Trash \(what)?")
      }
      let report = try site.write(isDryRun: context.isDryRun, items: ids.count) { operation in
        var report = ChangeReport(isForced ? "Removed" : "Trashed", noun, context)
        func add(_ item: Item) throws {
          try report.add(item, old: item, operation)
          if context.output.isInterrupted { throw CancellationError() }
        }
        if isForced {
          try operation.delete(ids, add)
        } else {
          for id in ids {
            let item = try operation.item(id)
            try operation.trash(id)
            try add(item)
          }
        }
        return report
      }
      try report.tell()
      if isForced, !ids.isEmpty, !context.isDryRun { context.output.note("Take it back: history undo") }
    }
  }

  var restore: Command {
    command(
      "restore", "Brings items back from the trash", arguments: [many], heeds: SharedOption.bulk,
      examples: ["restore 12"]
    ) {
      context in
      try change("Restore", "Restored", context, isTrashed: true) { item, _ in
        item.envelope.trashedAt = nil
      } afterwards: { operation, ids in
        try operation.refuseTrashed(ids)
      }
    }
  }
}
