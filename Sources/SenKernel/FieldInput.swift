import ContentModel
import Foundation
import Grammar
import Storage
import Vietnamese

/// Puts what people type into an item: flags of fields, `field=value` words, the values of a document.
struct FieldInput {
  let fields: ItemFields
  let context: CommandContext
  let operation: Operation

  init(_ shape: Shape, _ context: CommandContext, _ operation: Operation) {
    (fields, self.context, self.operation) = (ItemFields(shape), context, operation)
  }

  private var shape: Shape { fields.shape }

  /// Reads texts; a tag that is not there yet is made.
  private func reader(makesTags: Bool = true) -> FieldText {
    let names = Names(operation.site, operation.db)
    return FieldText(now: operation.now, timeZone: operation.site.timeZone) { text, target in
      if let id = try names.find(text, of: target) {
        // Taking away may name what is in the trash; giving may not, for nobody would see it.
        if makesTags, try operation.item(id).envelope.trashedAt != nil {
          throw Refusal(
            .notFound, "\(target) “\(text)” is in the trash", hint: "Bring it back: \(target) restore \(id)")
        }
        return id
      }
      guard target == Tag.name, makesTags else { return try names.id(text, of: target) }
      let near = try names.find(Slugs.make(text), of: Tag.name).map { try names.text($0, as: .title) }
      let tag = try operation.tag(text)
      // Told at the end: what is refused has made no tag.
      let made = operation.isDryRun ? "Tag “\(text)” would be new" : "New tag “\(text)”"
      operation.note(made + (near.map { "; there is “\($0)” as well" } ?? ""))
      return tag
    }
  }

  /// The value of a field as it is typed: `@file` and `-` are read, a path of a file becomes media, and so does
  /// `photo:dong-lua`, which is that item's file.
  private func value(_ text: String, _ name: String, makesTags: Bool = true) throws -> FieldValue {
    let field = try fields.field(name)
    return try inField(name) {
      if field.kind == .media, !MediaName.isName(text), !text.isEmpty {
        if let file = try file(ofItem: text) { return try checked(file, field) }
        let path = text.first == "@" ? String(text.dropFirst()) : text
        return try checked(.text(try operation.addMedia(path)), field, at: path)
      }
      if field.kind == .media, !text.isEmpty { return try checked(.text(text), field) }
      var content = try context.expand(text)
      // The line end that `echo` and editors leave is no part of a short text.
      if content != text, !field.has(.body), content.last?.isNewline == true { content.removeLast() }
      return try reader(makesTags: makesTags).value(
        .text(content), of: field.kind, isOptional: field.isOptional)
    }
  }

  /// Refuses a file that is none for the field.
  /// - Parameter path: where it lies as long as the site has not taken it in.
  private func checked(_ file: FieldValue, _ field: FieldShape, at path: String? = nil) throws -> FieldValue {
    guard let name = file.text, !name.isEmpty else { return file }
    let site = operation.site
    guard let place = site.hasMedia(name) ? site.mediaPath(name) : path else { return file }
    try MediaContent(site).check(place, called: name, for: field)
    return file
  }

  /// The file of an item that is named as `noun:item`; nil where there is no such noun.
  private func file(ofItem text: String) throws -> FieldValue? {
    guard let noun = text.split(separator: ":", maxSplits: 1).first.map(String.init), noun.count < text.count,
      let shape = operation.site.registry.shape(noun)
    else { return nil }
    let id = try Names(operation.site, operation.db).id(String(text.dropFirst(noun.count + 1)), of: noun)
    let item = try operation.item(id)
    let fields = shape.fields.indices.filter { shape.fields[$0].kind == .media && !item.values[$0].isBlank }
    guard let index = fields.first else {
      throw Refusal(.notFound, "\(noun) “\(item.envelope.slug)” has no file")
    }
    return item.values[index]
  }

  /// Tells refusals of the body with the field that they are about.
  private func inField<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let refusal as Refusal where refusal.field == nil {
      throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
    }
  }

  /// Sets the fields that are given as flags.
  func applyFlags(_ item: inout Item) throws {
    for name in fields.names {
      let texts = context.invocation.flags(FlagName.of(name))
      guard !texts.isEmpty else { continue }
      if try fields.field(name).kind.isList {
        var values: [FieldValue] = []
        for text in texts {
          if case .list(let more) = try value(text, name) { values += more }
        }
        try fields.set(name, .list(values), of: &item)
      } else {
        try set(name, value(texts.last ?? "", name), of: &item)
      }
    }
  }

  /// Sets a field to a value of a document, whose scalars are texts.
  func assign(_ name: String, _ value: FieldValue, to item: inout Item) throws {
    let field = try fields.field(name)
    let read: FieldValue
    switch value {
    case .text(let text) where field.kind == .media: read = try self.value(text, name)
    case .text where field.kind == .text: read = value
    default:
      read = try inField(name) { try reader().value(value, of: field.kind, isOptional: field.isOptional) }
    }
    try set(name, read, of: &item)
  }

  func apply(_ assignments: [Assignment], to item: inout Item) throws {
    for assignment in assignments {
      let name = try fields.field(assignment.field).name
      var new = try value(assignment.value, name, makesTags: assignment.operation != .remove)
      if assignment.operation != .set {
        guard case .list(let old) = try fields.value(name, of: item), case .list(let part) = new else {
          throw Refusal(
            .usage, "\(name): += and -= are for lists", field: name, hint: "Example: tags+=lúa")
        }
        new =
          assignment.operation == .add
          ? .list(old + part.filter { !old.contains($0) }) : .list(old.filter { !part.contains($0) })
      }
      try set(name, new, of: &item)
    }
  }

  /// Nothing means the initial value where a field cannot be empty.
  private func set(_ name: String, _ value: FieldValue, of item: inout Item) throws {
    // What others refer to does not go there, and `delete` looks.
    guard name != "trashedAt" else {
      throw Refusal(
        .usage, "trashedAt: is not set by itself", field: name,
        hint: "Into the trash: \(shape.name) delete REF. Back again: \(shape.name) restore REF")
    }
    if value.isNull, let index = shape.index[name], !shape.fields[index].isOptional {
      return try fields.set(name, shape.fields[index].initial, of: &item)
    }
    try fields.set(name, value, of: &item)
  }
}

/// The names of fields as flags are written.
enum FlagName {
  /// `seoTitle` → `seo-title`, `sourceURL` → `source-url`.
  static func of(_ field: String) -> String {
    var name = ""
    var wasUpper = true
    for character in field {
      if character.isUppercase, !wasUpper { name += "-" }
      wasUpper = character.isUppercase
      name += character.lowercased()
    }
    return name
  }
}
