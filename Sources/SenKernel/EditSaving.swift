import ContentModel
import Formats
import Storage

/// Both have changed the same: what was typed and what is there now, for a person to settle.
struct EditConflict: Error {
  let refusal: Refusal
  /// The document with both versions between marks.
  let text: String
  /// The conflicts, to be read.
  let lines: [String]
  let theirs: Item
}

/// Saves what somebody has made of an item's document, together with what others have changed since.
struct EditSaving {
  let document: EditDocument
  let context: CommandContext
  let id: Int64

  private var fields: ItemFields { document.fields }
  private var noun: String { fields.shape.name }

  /// - Parameter opened: what the item was when the document was written; nil where only the document knows.
  /// - Throws: `EditConflict` where both have changed the same; then nothing is written.
  func save(_ text: String, over opened: Item?, _ site: Site) throws {
    let (report, note) = try site.write(isDryRun: context.isDryRun) { try save(text, opened, $0) }
    if let note { context.output.note(note) }
    try report.tell()
  }

  private func save(
    _ text: String, _ opened: Item?, _ operation: Operation
  ) throws -> (ChangeReport, note: String?) {
    let theirs = try operation.item(id)
    let names = Names(operation.site, operation.db)
    let known = try document.text(opened ?? theirs, names)
    if let line = ConflictMarks.unsettled(in: text, known: known) {
      throw Refusal(
        .conflict, "line \(line): both versions are still there",
        hint:
          "Keep what is right, and delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>.")
    }
    let typed = try document.parse(text)
    let base = try base(typed.version, opened, theirs, operation)
    let isKnown = base.envelope.version == (opened ?? theirs).envelope.version
    let before = try document.parse(isKnown ? known : document.text(base, names))
    let mine = try assigned(document.changes(typed, before: before), to: base, operation)
    let merge = try ItemMerge(base: base, mine: mine, theirs: theirs, fields, document.editable)
    let marks = ConflictMarks(
      base: base.envelope.version, theirs: theirs.envelope.version, people: try people(since: base, operation)
    )
    guard merge.conflicts.isEmpty else {
      throw EditConflict(
        refusal: refusal(merge, marks),
        text: try document.text(merge, base: base, typed.values, marks, names),
        lines: try lines(merge, base, typed.values, marks, names), theirs: theirs)
    }
    if theirs.envelope.trashedAt != nil, !merge.mine.isEmpty || !merge.both.isEmpty {
      throw Refusal(
        .conflict, "\(noun) \(id) was put into the trash meanwhile by \(marks.people)",
        hint: "Bring it back: sen \(noun) restore \(id)")
    }
    let result = try operation.change(id) { $0 = merge.item }
    var report = ChangeReport("Saved", noun, context)
    if result.hasChanged { try report.add(result.new, old: result.old, operation) }
    return (report, note(merge, marks) ?? note(ofNoVersion: typed, opened, theirs))
  }

  /// The version that a document began with.
  private func base(_ version: Int64?, _ opened: Item?, _ theirs: Item, _ operation: Operation) throws -> Item
  {
    guard let version, version != opened?.envelope.version else { return opened ?? theirs }
    if version == theirs.envelope.version { return theirs }
    guard let revision = try operation.site.store.revision(version, of: id, operation.db) else {
      throw Refusal(
        .conflict, "\(noun) \(id) has no version \(version), with which the document says that it began",
        field: EditDocument.version, hint: "See which it has: sen \(noun) revisions \(id)")
    }
    return revision.item
  }

  /// The item with the values of a document; all that is wrong with them is told at once.
  private func assigned(_ changes: FieldMap, to base: Item, _ operation: Operation) throws -> Item {
    let input = FieldInput(fields.shape, context, operation)
    var item = base
    var complaints: [Refusal] = []
    for (name, value) in changes.entries {
      do {
        if name == fields.shape.bodyField?.name {
          try fields.set(name, value, of: &item)
        } else {
          try input.assign(name, value, to: &item)
        }
      } catch let refusal as Refusal {
        complaints.append(refusal)
      }
    }
    guard complaints.isEmpty else { throw Complaints(complaints).refusal }
    // Texts as they are stored, and what is wrong with mine told of mine, not of what it becomes with theirs.
    do { item.values = try fields.shape.check(item.values) } catch { throw error.refusal }
    return item
  }

  /// Who has changed the item since it was `base`, such as `lan and hoa`.
  private func people(since base: Item, _ operation: Operation) throws -> String {
    let names = try operation.site.store.actors(of: id, since: base.envelope.version, operation.db)
    return names.isEmpty ? "someone" : names.joined(separator: " and ")
  }

  // MARK: Telling

  private func note(_ merge: ItemMerge, _ marks: ConflictMarks) -> String? {
    guard !merge.theirs.isEmpty || !merge.both.isEmpty else { return nil }
    let parts = [
      ("yours", merge.mine), ("theirs", merge.theirs), ("of both", merge.both),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
    return
      "\(marks.people) changed it meanwhile (version \(marks.theirs)); merged, \(parts.joined(separator: "; "))"
  }

  /// Who leaves out the version has made the document from nothing, or from one that nobody knows.
  private func note(ofNoVersion typed: EditDocument.Typed, _ opened: Item?, _ theirs: Item) -> String? {
    guard typed.version == nil, opened == nil else { return nil }
    return
      "The text says no version, so it was taken for one of version \(theirs.envelope.version), which was the last"
  }

  private func refusal(_ merge: ItemMerge, _ marks: ConflictMarks) -> Refusal {
    let names = merge.conflicts.map(\.field).joined(separator: ", ")
    return Refusal(
      .conflict,
      "\(marks.people) changed \(noun) \(id) meanwhile (version \(marks.theirs)), and so did you: \(names)",
      field: merge.conflicts.first?.field,
      hint: "Both versions stand between <<<<<<< and >>>>>>>: keep what is right, and delete these lines.")
  }

  /// What collides, each version by itself.
  private func lines(
    _ merge: ItemMerge, _ base: Item, _ typed: FieldMap, _ marks: ConflictMarks, _ names: Names
  ) throws -> [String] {
    let record = ItemRecord(fields: fields, names: names, style: .people)
    return try merge.conflicts.flatMap { conflict in
      let isLong = [conflict.base, conflict.mine, conflict.theirs].contains {
        $0.text?.contains("\n") == true
      }
      if isLong {
        let text = EditDocument.marked(conflict, marks, onlyConflicts: true)
        return ["\(conflict.field):"]
          + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      func text(_ value: FieldValue) -> String { value.isBlank ? "(empty)" : context.style.text(value) }
      let isSecret = fields.shape[conflict.field]?.has(.secret) == true
      let mine =
        try isSecret
        ? .text(FieldShape.mask) : typed[conflict.field] ?? record.value(conflict.field, of: base)
      return [
        "\(conflict.field):", "  before  \(text(try record.value(conflict.field, of: base)))",
        "  theirs  \(text(try record.value(conflict.field, of: merge.item)))", "  yours   \(text(mine))",
      ]
    }
  }
}
