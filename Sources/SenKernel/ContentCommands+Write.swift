import ContentModel
import Foundation
import Grammar
import Storage

/// Making and changing items.
extension ContentCommands {
  /// A flag for each field that can be set.
  private var fieldFlags: [FlagSpec] {
    fields.all.map { field in
      let flag = FlagName.of(field.name)
      return FlagSpec(
        flag, help: field.help.isEmpty ? field.kind.name : "\(field.help) (\(field.kind.name))",
        kind: .fieldValue(noun: noun, field: field.name), repeats: field.kind.isList,
        aliases: (flag == field.name ? [] : [field.name])
          + (field.kind == .texts ? [Self.singular(flag)] : []).filter { $0 != flag },
        isFieldValue: true)
    }
  }

  /// `options` → `option`: how one text of a list is said.
  private static func singular(_ flag: String) -> String {
    flag.hasSuffix("s") ? String(flag.dropLast()) : flag
  }

  private var createExamples: [String] {
    let body = shape.bodyField.map { " --\(FlagName.of($0.name)) @tin.md" } ?? ""
    let tags = shape.name == Tag.name ? "" : " --tags lúa"
    return ["create 'Tin mới'\(tags)", "create 'Tin mới' --state published\(body)"]
  }

  var create: Command {
    command(
      "create", "Makes an item", arguments: [ArgumentSpec("title", help: "Its title", arity: .optional)],
      flags: fieldFlags, heeds: SharedOption.change, aliases: ["new", "add"],
      examples: createExamples
    ) { context in
      let site = try context.site
      var title = context.invocation.value("title")
      let titleField = shape.titleIndex.map { shape.fields[$0].name } ?? "title"
      if title != nil, context.invocation.has(FlagName.of(titleField)) {
        throw Refusal(
          .usage, "The \(titleField) is given twice: as “\(title ?? "")” and as --\(FlagName.of(titleField))",
          field: titleField, hint: "A text of several words needs quotes.")
      }
      if title == nil, context.invocation.flag(FlagName.of(titleField)) == nil {
        title = context.output.askText("\(titleField): ", prefill: "")
      }
      let report = try site.write(isDryRun: context.isDryRun) { operation in
        var item = try operation.blank(noun)
        if let title, let index = shape.titleIndex { item.values[index] = .text(title) }
        try FieldInput(shape, context, operation).applyFlags(&item)
        let made = try operation.create(item, keepsSlug: context.invocation.has("slug"))
        try operation.refuseSecond(made)
        var report = ChangeReport("Created", noun, context)
        try report.add(made, old: nil, operation)
        return report
      }
      try report.tell()
    }
  }

  var set: Command {
    command(
      "set", "Changes fields of items",
      discussion: """
        Lists take += and -=. A value @FILE is read from the file, - from standard input. A bare field name, in \
        the console, opens its value for editing on the line. --if-version N changes nothing, and ends with 5, where \
        the item is another version by now.
        """,
      arguments: [
        ArgumentSpec(
          "words", help: "REFs, then field=value, field+=value or field-=value",
          kind: .assignment(noun: noun),
          arity: .many)
      ],
      flags: fieldFlags + [
        FlagSpec("if-version", help: "Only if the item is still this version", kind: .integer)
      ], heeds: SharedOption.bulk,
      examples: [
        "set 12 state=published tags+=lúa", "set --filter 'state=draft and age>30d' state=archived",
        "set 12 title", "set 12 state=review --if-version 3",
      ]
    ) { context in
      var (refs, texts) = split(context.invocation.values("words"))
      var shown: Shown?
      if texts.isEmpty, refs.count == 2, let typed = try prefilled(refs[0], refs[1], context) {
        (refs, texts, shown) = ([refs[0]], [typed.assignment], typed.shown)
      }
      let assignments = try texts.map { try Assignment.parse($0) }
      var invocation = context.invocation
      invocation.values["refs"] = refs
      let inner = context.with(invocation)
      let isField = { (name: String) in context.invocation.has(FlagName.of(name)) }
      guard !assignments.isEmpty || fields.names.contains(where: isField) else {
        throw Refusal(
          .usage, "What is to be changed?", hint: "Example: sen \(noun) set \(refs.first ?? "12") state=draft"
        )
      }
      let version = try expectedVersion(inner)
      try change("Change", "Changed", inner) { item, operation in
        if let version, item.envelope.version != version {
          throw try changedMeanwhile(item, since: version, operation)
        }
        let before = try shown.map { try fields.value($0.name, of: item) == $0.value }
        let input = FieldInput(shape, inner, operation)
        let old = item
        try input.apply(assignments, to: &item)
        try input.applyFlags(&item)
        if before == false, item != old, let shown {
          throw try changedMeanwhile(old, since: shown.version, operation, field: shown.name)
        }
      }
    }
  }

  /// The REFs, and the words from the first assignment on.
  private func split(_ words: [String]) -> (refs: [String], assignments: [String]) {
    let start = words.firstIndex { word in
      guard let end = word.firstIndex(of: "="), word.first?.isLetter == true else { return false }
      return ["", "+", "-"].contains(word[..<end].drop { $0.isLetter || $0.isNumber })
    }
    return (Array(words[..<(start ?? words.count)]), Array(words[(start ?? words.count)...]))
  }

  /// A value as it was put before the user.
  private struct Shown {
    let name: String
    let value: FieldValue
    let version: Int64
  }

  /// The version that `--if-version` asks for, of the one item that is named.
  private func expectedVersion(_ context: CommandContext) throws -> Int64? {
    guard let version = context.invocation.flag("if-version").flatMap({ Int64($0) }) else { return nil }
    guard context.invocation.flag("filter") == nil, try select(context).count == 1 else {
      throw Refusal(
        .usage, "--if-version is about one item",
        hint: "Example: sen \(noun) set 12 state=review --if-version 3")
    }
    return version
  }

  /// The item is not what it was when somebody looked at it.
  private func changedMeanwhile(
    _ item: Item, since version: Int64, _ operation: Operation, field: String? = nil
  ) throws -> Refusal {
    let envelope = item.envelope
    guard envelope.version > version else {
      return Refusal(
        .conflict,
        "\(noun) \(envelope.id) is version \(envelope.version); \(version) was taken back, or never was")
    }
    let people = try operation.site.store.actors(of: envelope.id, since: version, operation.db)
    let who = people.isEmpty ? "someone" : people.joined(separator: " and ")
    let what = field.map { "\($0) of \(noun) \(envelope.id)" } ?? "\(noun) \(envelope.id)"
    return Refusal(
      .conflict, "\(what) was changed meanwhile by \(who) (version \(envelope.version)); nothing was written",
      field: field,
      hint: try operation.site.store.revision(version, of: envelope.id, operation.db) == nil
        ? "See how it is now: sen \(noun) show \(envelope.id)"
        : "See what: sen \(noun) diff \(envelope.id) \(version)")
  }

  /// `set 12 title`: the present value on the line, to be edited there.
  /// - Returns: the assignment, and what was shown; nil where `name` is no field or nobody can be asked.
  private func prefilled(
    _ ref: String, _ name: String, _ context: CommandContext
  ) throws -> (assignment: String, shown: Shown)? {
    guard fields.names.contains(name) else { return nil }
    let site = try context.site
    let (value, shown) = try site.read { db in
      let id = try ItemSelection(site: site, context: context, shape: shape, db: db).one(ref)
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no item \(id)")
      }
      let record = ItemRecord(fields: fields, names: Names(site, db), style: .people)
      let isSecret = try fields.field(name).has(.secret)
      let shown = Shown(
        name: name, value: try fields.value(name, of: item), version: item.envelope.version)
      return (isSecret ? "" : ValueText.text(try record.value(name, of: item)), shown)
    }
    guard !value.contains("\n") else {
      throw Refusal(
        .usage, "\(name) has more than one line", field: name, hint: "Edit it: sen \(noun) edit \(ref)")
    }
    guard let text = context.output.askText("\(name): ", prefill: value) else {
      throw Refusal(
        .usage, "\(name): what value?", field: name, hint: "Example: sen \(noun) set \(ref) \(name)=…")
    }
    return ("\(name)=\(text)", shown)
  }

  /// Changes every item that the command names, in one operation.
  /// - Parameter afterwards: looks at all of them together, by their ids, when they are changed.
  func change(
    _ verb: String, _ past: String, _ context: CommandContext, isTrashed: Bool? = false,
    _ body: (inout Item, Operation) throws -> Void,
    afterwards: (Operation, [Int64]) throws -> Void = { _, _ in }
  ) throws {
    let site = try context.site
    let ids = try select(context, isTrashed: isTrashed)
    if context.invocation.has("filter") {
      guard !ids.isEmpty else { return context.output.note("No \(noun) matches; nothing was changed") }
      try context.confirm("\(verb) \(Counted.text(ids.count, noun))?")
    }
    let report = try site.write(isDryRun: context.isDryRun) { operation in
      try refuseIfOthers(ids, context, isTrashed: isTrashed, operation)
      var report = ChangeReport(past, noun, context)
      for (index, id) in ids.enumerated() {
        let result = try operation.change(id) { try body(&$0, operation) }
        if result.hasChanged { try report.add(result.new, old: result.old, operation) }
        if index % 500 == 499 { context.output.progress(verb, done: index, total: ids.count) }
        if context.output.isInterrupted { throw CancellationError() }
      }
      try afterwards(operation, ids)
      return report
    }
    try report.tell()
  }

  /// The items that the command names.
  func select(_ context: CommandContext, isTrashed: Bool? = false) throws -> [Int64] {
    let site = try context.site
    return try site.read { db in
      try ItemSelection(site: site, context: context, shape: shape, db: db).all("refs", isTrashed: isTrashed)
    }
  }

  /// A filter that now finds other items than those that were agreed to changes nothing.
  private func refuseIfOthers(
    _ ids: [Int64], _ context: CommandContext, isTrashed: Bool?, _ operation: Operation
  ) throws {
    guard context.invocation.has("filter") else { return }
    let selection = ItemSelection(site: operation.site, context: context, shape: shape, db: operation.db)
    guard try selection.all("refs", isTrashed: isTrashed) == ids else {
      throw Refusal(
        .conflict, "The filter finds other \(Counted.plural(noun)) than a moment ago; nothing was changed",
        hint: "Someone else is at work; look again and repeat.")
    }
  }
}
