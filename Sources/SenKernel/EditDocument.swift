import ContentModel
import Formats

/// An item as the text that people edit: front matter, the version that it was at its end, then the body.
struct EditDocument {
  let fields: ItemFields

  private var shape: Shape { fields.shape }
  private var bodyName: String? { shape.bodyField?.name }
  /// The names in the front matter.
  private var names: [String] {
    fields.openNames.filter {
      $0 != bodyName && !["createdAt", "updatedAt", "trashedAt", "origin"].contains($0)
    }
  }
  /// The fields that can be changed in it.
  var editable: [String] { names + (bodyName.map { [$0] } ?? []) }

  static let version = "version"

  /// What somebody has made of a document.
  struct Typed {
    /// The fields, the body among them, as texts and lists of texts.
    var values: FieldMap
    /// The version that it began with; nil where it does not say.
    var version: Int64?
  }

  // MARK: Writing

  func text(_ item: Item, _ known: Names) throws -> String {
    let record = ItemRecord(fields: fields, names: known, style: .people)
    let parts = try names.map { try entry($0, record.value($0, of: item), hasHelp: true) }
    let body = try bodyName.map { try fields.value($0, of: item).text ?? "" } ?? ""
    return try whole(parts, item.envelope.version, body)
  }

  /// The document of a merge whose conflicts a person has to settle.
  /// - Parameter typed: what was typed; new tags and files have no other name yet.
  func text(
    _ merge: ItemMerge, base: Item, _ typed: FieldMap, _ marks: ConflictMarks, _ known: Names
  ) throws -> String {
    let record = ItemRecord(fields: fields, names: known, style: .people)
    let conflicts = Dictionary(
      merge.conflicts.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
    let parts = try names.map { name in
      let mine = try typed[name] ?? record.value(name, of: base)
      guard conflicts[name] != nil else {
        return try entry(
          name, merge.mine.contains(name) ? mine : record.value(name, of: merge.item), hasHelp: true)
      }
      return try help(name)
        + marks.around(
          mine: entry(name, mine), base: entry(name, record.value(name, of: base)),
          theirs: entry(name, record.value(name, of: merge.item)))
    }
    var body = try bodyName.map { try fields.value($0, of: merge.item).text ?? "" } ?? ""
    if let bodyName, let conflict = conflicts[bodyName] { body = Self.marked(conflict, marks) }
    return try whole(parts, merge.item.envelope.version, body)
  }

  /// A text of which both have changed the same lines, those lines between marks.
  static func marked(_ conflict: ItemMerge.Conflict, _ marks: ConflictMarks, onlyConflicts: Bool = false)
    -> String
  {
    func lines(_ pieces: [TextPiece]) -> String { pieces.map { $0.text + "\n" }.joined() }
    let merge = ItemMerge.lines(
      conflict.base.text ?? "", conflict.mine.text ?? "", conflict.theirs.text ?? "")
    let text = merge.pieces.map { piece in
      switch piece {
      case .settled(let pieces): onlyConflicts ? "" : lines(pieces)
      case .conflict(let base, let mine, let theirs):
        marks.around(mine: lines(mine), base: lines(base), theirs: lines(theirs))
      }
    }.joined()
    // Each line has got an end; the text has one less.
    return String(text.dropLast())
  }

  private func whole(_ parts: [String], _ version: Int64, _ body: String) throws -> String {
    let version = try entry(Self.version, .integer(version))
    let help = "# The version that you began with; changes that others have made since are found by it\n"
    return "---\n\(parts.joined())\(help)\(version)---\n\(body)"
  }

  private func help(_ name: String) throws -> String {
    let field = try fields.field(name)
    let text = field.help.isEmpty ? field.kind.name : "\(field.help) (\(field.kind.name))"
    return text.split(separator: "\n").map { "# \($0)\n" }.joined()
  }

  /// One field in YAML.
  private func entry(_ name: String, _ value: FieldValue, hasHelp: Bool = false) throws -> String {
    let fence = "---\n"
    let document = try FrontMatter.write([name: value], body: "")
    return (hasHelp ? try help(name) : "") + document.dropFirst(fence.count).dropLast(fence.count)
  }

  // MARK: Reading

  /// A document as it is read: with the line ends of Sen, where an editor or another system has made them CRLF. A text
  /// that holds carriage returns itself is taken as it is.
  /// - Parameter stored: the document as it was written.
  static func withLineEnds(_ text: String, of stored: String) -> String {
    guard text.utf8.contains(0x0D), !stored.utf8.contains(0x0D) else { return text }
    return text.replacing("\r\n", with: "\n")
  }

  func parse(_ text: String) throws -> Typed {
    var (map, body) = try FrontMatter.parse(text)
    var version: Int64?
    if let value = map[Self.version] {
      guard let text = value.text, let number = Int64(text) else {
        throw Refusal(
          .invalid, "version: \(value.summary) is no number", field: Self.version,
          hint: "Leave the line as it was, or take it out.")
      }
      version = number
      map[Self.version] = nil
    }
    if let bodyName { map[bodyName] = .text(body) }
    return Typed(values: map, version: version)
  }

  /// What `typed` has changed of the document `before`. The line end that editors put behind the last line of a text
  /// that had none is no change.
  func changes(_ typed: Typed, before: Typed) -> FieldMap {
    var changes = FieldMap()
    for (name, value) in typed.values.entries {
      var value = value
      if name == bodyName, let text = value.text, text.utf8.last == 0x0A, let old = before.values[name]?.text,
        !old.isEmpty, old.utf8.last != 0x0A
      {
        value = .text(String(decoding: text.utf8.dropLast(), as: UTF8.self))
      }
      if value != before.values[name] { changes.append(name, value) }
    }
    return changes
  }
}
