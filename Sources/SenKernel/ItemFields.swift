import ContentModel
import Foundation
import Grammar

/// The fields of a noun as its users know them: the envelope's and the type's own under one set of names.
struct ItemFields {
  let shape: Shape
  let envelope: [FieldShape]
  /// The names that can be set, the title first.
  let names: [String]
  /// The names that can be read as well: without secrets.
  var openNames: [String] { names.filter { shape[$0]?.has(.secret) != true } }

  init(_ shape: Shape) {
    self.shape = shape
    func field(_ name: String, _ kind: FieldKind, _ help: String, isOptional: Bool = true) -> FieldShape {
      FieldShape(name: name, kind: kind, traits: [], isOptional: isOptional, help: help, initial: .null)
    }
    envelope = [
      field("slug", .text, "The name in addresses; made of the title if empty"),
      field("state", State.kind, "Where it stands on its way to the public", isOptional: false),
      field("author", .text, "Who made it"),
      field("language", .text, "Its language, such as vi or en; the site's own if empty"),
      field("createdAt", .date, "When it was made", isOptional: false),
      field("updatedAt", .date, "When it was last changed", isOptional: false),
      field("publishAt", .date, "Visitors see it from then on"),
      field("expireAt", .date, "Visitors see it until then"),
      field("trashedAt", .date, "When it was put into the trash"),
      field("position", .integer, "Its place among its siblings"),
      field("origin", .text, "Its own id where it was imported from"),
    ]
    let own = shape.fields.filter { $0.has(.title) } + shape.fields.filter { !$0.has(.title) }
    names =
      own.map(\.name) + envelope.map(\.name)
      + (shape.name == Tag.name ? [] : ["tags"])
  }

  /// The declarations of the fields that can be set, in the order of `names`.
  var all: [FieldShape] {
    names.compactMap { name in
      shape[name] ?? envelope.first { $0.name == name } ?? (name == "tags" ? Self.tags : nil)
    }
  }

  private static let tags = FieldShape(
    name: "tags", kind: .references(Tag.name), traits: [], isOptional: true, help: "Words that it carries",
    initial: .list([]))

  /// The declaration of a field, the envelope's and `tags` included.
  func field(_ name: String) throws -> FieldShape {
    if let field = shape[name] ?? envelope.first(where: { $0.name == name }) { return field }
    if name == "tags", shape.name != Tag.name { return Self.tags }
    if name == "id" || name == "version" {
      return FieldShape(name: name, kind: .integer, traits: [], isOptional: false, help: "", initial: .null)
    }
    if name == "uid" {
      return FieldShape(
        name: name, kind: .text, traits: [], isOptional: false, help: "Its identity in exports",
        initial: .null)
    }
    let hint = Suggestion.nearest(name, in: names).map { "Did you mean “\($0)”?" }
    throw Refusal(
      .usage, "\(shape.name) has no field “\(name)”", field: name,
      hint: hint ?? "It has: \(names.joined(separator: ", "))")
  }

  /// The declaration of a field that is to be compared, sorted by or searched, which would tell what a secret is.
  func openField(_ name: String) throws -> FieldShape {
    let field = try field(name)
    guard !field.has(.secret) else {
      throw Refusal(
        .usage, "\(name) is secret: one can only ask whether it is set", field: name,
        hint: "Example: --filter '\(name)'")
    }
    return field
  }

  /// The value of a field; references are integers.
  func value(_ name: String, of item: Item) throws -> FieldValue {
    if let index = shape.index[name] { return item.values[index] }
    let envelope = item.envelope
    switch name {
    case "id": return .integer(envelope.id)
    case "uid": return .text(envelope.uid)
    case "version": return .integer(envelope.version)
    case "slug": return .text(envelope.slug)
    case "state": return .text(envelope.state.rawValue)
    case "author": return envelope.author.fieldValue
    case "language": return envelope.language.fieldValue
    case "createdAt": return .date(envelope.createdAt)
    case "updatedAt": return .date(envelope.updatedAt)
    case "publishAt": return envelope.publishAt.fieldValue
    case "expireAt": return envelope.expireAt.fieldValue
    case "trashedAt": return envelope.trashedAt.fieldValue
    case "position": return envelope.position.map { .integer($0) } ?? .null
    case "origin": return envelope.origin.fieldValue
    case "tags": return .list(item.tags.map { .integer($0) })
    default: return try field(name).initial
    }
  }

  /// Sets a field to a value of its kind's canonical case.
  func set(_ name: String, _ value: FieldValue, of item: inout Item) throws(Refusal) {
    if let index = shape.index[name] {
      // What was shown in a secret's place, come back from a table or a file, is no secret.
      if shape.fields[index].has(.secret), value == .text(FieldShape.mask) { return }
      item.values[index] = value
      return
    }
    do throws(Refusal) {
      switch name {
      case "slug": item.envelope.slug = try value.isNull ? "" : String(fieldValue: value)
      case "state": item.envelope.state = try State(fieldValue: value)
      case "author": item.envelope.author = try String?(fieldValue: value)
      case "language": item.envelope.language = try Self.language(value)
      case "createdAt": item.envelope.createdAt = try Date(fieldValue: value)
      case "updatedAt": item.envelope.updatedAt = try Date(fieldValue: value)
      case "publishAt": item.envelope.publishAt = try Date?(fieldValue: value)
      case "expireAt": item.envelope.expireAt = try Date?(fieldValue: value)
      case "trashedAt": item.envelope.trashedAt = try Date?(fieldValue: value)
      case "position": item.envelope.position = try Int?(fieldValue: value).map(Int64.init)
      case "origin": item.envelope.origin = try String?(fieldValue: value)
      case "uid":
        let uid = try String(fieldValue: value)
        guard UID.isUID(uid) else { throw Refusal(.invalid, "“\(uid)” is no uid") }
        item.envelope.uid = uid
      case "tags": item.tags = try References<Tag>(fieldValue: value).ids
      default: throw Refusal(.usage, "cannot be set")
      }
    } catch {
      var refusal = error
      refusal.field = name
      refusal.message = "\(name): \(refusal.message)"
      throw refusal
    }
  }

  private static func language(_ value: FieldValue) throws(Refusal) -> String? {
    guard let text = try String?(fieldValue: value), !text.isEmpty else { return nil }
    try LanguageTag.check(text)
    return text
  }
}
