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
        the console, opens its value for editing on the line.
        """,
      arguments: [
        ArgumentSpec(
          "words", help: "REFs, then field=value, field+=value or field-=value",
          kind: .assignment(noun: noun),
          arity: .many)
      ], flags: fieldFlags, heeds: SharedOption.bulk,
      examples: [
        "set 12 state=published tags+=lúa", "set --filter 'state=draft and age>30d' state=archived",
        "set 12 title",
      ]
    ) { context in
      var (refs, texts) = split(context.invocation.values("words"))
      if texts.isEmpty, refs.count == 2, let prefilled = try prefilled(refs[0], refs[1], context) {
        (refs, texts) = ([refs[0]], [prefilled])
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
      try change("Change", "Changed", inner) { item, operation in
        let input = FieldInput(shape, inner, operation)
        try input.apply(assignments, to: &item)
        try input.applyFlags(&item)
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

  /// `set 12 title`: the present value on the line, to be edited there.
  /// - Returns: the assignment; nil where `name` is no field or nobody can be asked.
  private func prefilled(_ ref: String, _ name: String, _ context: CommandContext) throws -> String? {
    guard fields.names.contains(name) else { return nil }
    let site = try context.site
    let value = try site.read { db in
      let id = try ItemSelection(site: site, context: context, shape: shape, db: db).one(ref)
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no item \(id)")
      }
      let record = ItemRecord(fields: fields, names: Names(site, db), style: .people)
      return try fields.field(name).has(.secret) ? "" : ValueText.text(record.value(name, of: item))
    }
    guard !value.contains("\n") else {
      throw Refusal(
        .usage, "\(name) has more than one line", field: name, hint: "Edit it: sen \(noun) edit \(ref)")
    }
    guard let text = context.output.askText("\(name): ", prefill: value) else {
      throw Refusal(
        .usage, "\(name): what value?", field: name, hint: "Example: sen \(noun) set \(ref) \(name)=…")
    }
    return "\(name)=\(text)"
  }

  /// Changes every item that the command names, in one operation.
  func change(
    _ verb: String, _ past: String, _ context: CommandContext, isTrashed: Bool? = false,
    _ body: (inout Item, Operation) throws -> Void
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
        try operation.refuseSecond(result.new, old: result.old)
        if result.hasChanged { try report.add(result.new, old: result.old, operation) }
        if index % 500 == 499 { context.output.progress(verb, done: index, total: ids.count) }
        if context.output.isInterrupted { throw CancellationError() }
      }
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
