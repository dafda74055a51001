import ContentModel
import Formats

/// Puts the values of a source's records into items.
struct RecordFilling {
  let reader: FieldText
  /// Sees to the file that a record names: brings it in, or makes sure that it is there.
  let media: (FieldValue) throws -> FieldValue
  private var fields: [String: ItemFields] = [:]

  init(_ reader: FieldText, media: @escaping (FieldValue) throws -> FieldValue) {
    self.reader = reader
    self.media = media
  }

  /// Thrown for a name that may belong to a record still to come.
  struct LaterReference: Error { let name: String }

  /// - Returns: the references that cannot be resolved yet.
  mutating func fill(
    _ item: inout Item, _ record: SourceRecord, _ shape: Shape, isNew: Bool
  ) throws -> [(field: String, value: FieldValue)] {
    let fields = fields(shape)
    var later: [(field: String, value: FieldValue)] = []
    for (name, raw) in record.values.entries {
      if name == "id" || name == "type" || name == "version" || name == "uid" && !isNew { continue }
      let field = try fields.field(name)
      if !isNew, name == "slug", record.isForeign { continue }
      do {
        var raw = raw
        if field.kind == .media { raw = try media(raw) }
        let value = try reader.value(raw, of: field.kind, isOptional: field.isOptional)
        if value.isNull, !field.isOptional, let index = shape.index[name] {
          item.values[index] = shape.fields[index].initial
        } else {
          try fields.set(name, value, of: &item)
        }
      } catch is LaterReference {
        later.append((name, raw))
      } catch let refusal as Refusal where refusal.field == nil {
        throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
      }
    }
    if isNew, record.values["state"] == nil, shape.isStructure || shape.name == Tag.name {
      // Who brings articles in that are published wants their sections to be seen; what is written waits to be read.
      item.envelope.state = .published
    }
    if isNew, record.values["updatedAt"] == nil { item.envelope.updatedAt = item.envelope.createdAt }
    return later
  }

  private mutating func fields(_ shape: Shape) -> ItemFields {
    if let known = fields[shape.name] { return known }
    let made = ItemFields(shape)
    fields[shape.name] = made
    return made
  }
}

extension SourceRecord {
  /// Whether it is of another system, whose slugs are wishes; a site's own records keep theirs.
  var isForeign: Bool { values["uid"]?.text == nil && values["origin"]?.text != nil }

  /// Whether its item is looked for by its slug, there being nothing better; if none has it, the slug is free.
  var isKnownBySlug: Bool {
    values["uid"]?.text == nil && values["origin"]?.text == nil && values["slug"]?.text?.isEmpty == false
  }
}
