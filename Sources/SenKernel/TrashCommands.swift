import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// What was deleted.
enum TrashCommands {
  static let all: [Command] = [trashList, trashRestore, trashPurge]

  private static let trashList = Command(
    CommandSpec(
      noun: "trash", verb: "list", summary: "Lists what is in the trash", heeds: SharedOption.records,
      examples: ["sen trash list"])
  ) { context in
    let site = try context.site
    var sink = try Presentation(context, usual: "table").list(["noun", "id", "title", "trashedAt"])
    try site.read { db in
      for shape in site.registry.shapes {
        try site.store.each(shape.name, Query(isTrashed: true, fields: []), db) { item in
          try sink.write([
            "noun": .text(shape.name), "id": .integer(item.envelope.id), "title": .text(item.envelope.title),
            "trashedAt": item.envelope.trashedAt.fieldValue,
          ])
          return true
        }
      }
    }
    try sink.finish()
  }

  private static let trashRestore = Command(
    CommandSpec(
      noun: "trash", verb: "restore", summary: "Brings items back from the trash, whatever their noun",
      arguments: [ArgumentSpec("ids", help: "Their ids", kind: .integer, arity: .some)],
      examples: ["sen trash restore 12 13"])
  ) { context in
    let site = try context.site
    let count = try site.write(isDryRun: context.isDryRun) { operation in
      let ids = try context.invocation.values("ids").map { text in
        guard let id = Int64(text) else {
          throw Refusal(.usage, "“\(text)” is no id", hint: "See: trash list")
        }
        return id
      }
      try operation.restore(ids)
      return ids.count
    }
    context.output.note(
      "\(context.isDryRun ? "Would have restored" : "Restored") \(Counted.text(count, "item"))")
  }

  private static let trashPurge = Command(
    CommandSpec(
      noun: "trash", verb: "purge", summary: "Removes for good what is in the trash",
      examples: ["sen trash purge --yes"])
  ) { context in
    let site = try context.site
    let count = try site.read { db in
      try site.registry.shapes.reduce(0) { try $0 + site.store.count($1.name, Query(isTrashed: true), db) }
    }
    guard count > 0 else { return context.output.note("The trash is empty") }
    try context.confirm("Remove \(Counted.text(count, "item")) for good?")
    let notes = try site.write(isDryRun: context.isDryRun, items: count) { operation in
      try operation.require(.administer, "empty the trash")
      var ids: [Int64] = []
      for shape in site.registry.shapes {
        try site.store.each(shape.name, Query(isTrashed: true, fields: []), operation.db) {
          ids.append($0.envelope.id)
          return true
        }
      }
      try operation.delete(ids)
      return operation.notes
    }
    notes.tell(context.output)
    context.output.note(
      "\(context.isDryRun ? "Would have removed" : "Removed") \(Counted.text(count, "item"))")
    if !context.isDryRun { context.output.note("Take it back: history undo") }
  }
}
