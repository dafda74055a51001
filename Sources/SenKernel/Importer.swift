import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// What to do with a record whose item is there already.
public enum ConflictPolicy: String, CaseIterable, Sendable { case skip, update, fail }

/// What became of the records of an import.
public struct ImportSummary: Sendable {
  public var created = 0
  public var updated = 0
  /// Records that said nothing new, or that the policy passed over.
  public var skipped = 0
  public var failures: [(place: String, message: String)] = []
  /// Records whose noun no plugin declares, by noun.
  public var leftOut: [String: Int] = [:]
  public var failed = 0

  /// So many failures are kept with their places.
  static let mostFailures = 100
}

/// Writes records into a site, within one operation.
final class Importer {
  private let operation: Operation
  private let policy: ConflictPolicy
  private let names: Names
  private let end: EndOfSource
  private let reader: FieldText
  /// Brings a file in and names it; the argument is a path as the source writes it.
  private let addFile: (String) throws -> String
  private(set) var summary = ImportSummary()
  /// The file that was last seen to be there.
  private var knownFile: String?
  /// References to records that come later: item, field, value and place.
  private var deferred: [(id: Int64, isNew: Bool, field: String, value: FieldValue, place: String)] = []

  init(_ operation: Operation, policy: ConflictPolicy, addFile: @escaping (String) throws -> String) throws {
    try BulkWriting.begin(operation.db)
    self.operation = operation
    self.policy = policy
    self.addFile = addFile
    let names = Names(operation.site, operation.db, readsIDs: false)
    let end = EndOfSource()
    self.end = end
    self.names = names
    reader = FieldText(now: operation.now, timeZone: operation.site.timeZone) { text, noun in
      if let id = try names.find(text, of: noun) { return id }
      let mayBeTitle = noun == Tag.name && end.isReached
      if UID.isUID(text) || text.contains(":") && !mayBeTitle { throw LaterReference() }
      guard noun == Tag.name else { return try names.id(text, of: noun) }
      var tag = try operation.blank(Tag.name)
      tag.values[0] = .text(text)
      return try operation.create(tag).envelope.id
    }
  }

  /// Whether all records have been read; what was not there then, does not come.
  private final class EndOfSource { var isReached = false }

  /// Thrown for a name that may belong to a record still to come.
  private struct LaterReference: Error {}

  /// Writes one record; a refused one is counted with its place, and nothing of it is written.
  func add(_ record: SourceRecord) throws {
    guard let shape = operation.site.registry.shape(record.noun) else {
      summary.leftOut[record.noun, default: 0] += 1
      return
    }
    do {
      try add(record, shape)
    } catch let refusal as Refusal {
      summary.failed += 1
      if summary.failures.count < ImportSummary.mostFailures {
        summary.failures.append((record.place, refusal.description))
      }
    }
  }

  private func add(_ record: SourceRecord, _ shape: Shape) throws {
    let existing = try match(record, shape)
    guard let existing else {
      var item = try operation.blank(shape.name)
      let later = try fill(&item, record, ItemFields(shape), isNew: true)
      if record.values["updatedAt"] == nil { item.envelope.updatedAt = item.envelope.createdAt }
      let keepsSlug = !item.envelope.slug.isEmpty && !isForeign(record)
      let created = try operation.create(item, keepsSlug: keepsSlug)
      summary.created += 1
      deferred += later.map { (created.envelope.id, true, $0.field, $0.value, record.place) }
      return
    }
    switch policy {
    case .skip: summary.skipped += 1
    case .fail: throw Refusal(.conflict, "\(shape.name) \(existing) is there already")
    case .update:
      var later: [(field: String, value: FieldValue)] = []
      let result = try operation.update(existing, keepsTime: record.values["updatedAt"] != nil) { item in
        later = try fill(&item, record, ItemFields(shape), isNew: false)
      }
      if result.hasChanged { summary.updated += 1 } else { summary.skipped += 1 }
      deferred += later.map { (existing, false, $0.field, $0.value, record.place) }
    }
  }

  /// Whether a record is of another system, whose slugs are wishes; a site's own records keep theirs.
  private func isForeign(_ record: SourceRecord) -> Bool {
    record.values["uid"]?.text == nil && record.values["origin"]?.text != nil
  }

  /// The item that a record is about: by uid, else by the source's own id, else by slug.
  private func match(_ record: SourceRecord, _ shape: Shape) throws -> Int64? {
    let (store, db) = (operation.site.store, operation.db)
    var id: Int64?
    if let uid = record.values["uid"]?.text { id = try store.id(uid: uid, db) }
    if id == nil, let origin = record.values["origin"]?.text { id = try store.id(origin: origin, db) }
    if id == nil, record.values["uid"]?.text == nil, record.values["origin"]?.text == nil,
      let slug = record.values["slug"]?.text
    {
      id = try store.id(slug: slug, of: shape.name, db)
    }
    if id == nil, shape.name == Tag.name, record.values["uid"] == nil,
      let title = record.values["title"]?.text,
      let known = try store.id(title: Normalization.nfc(title), of: Tag.name, db),
      try operation.item(known).envelope.origin == nil
    {
      // A word that the site has of its own is the same word.
      id = known
    }
    if let id, try store.type(of: id, db) != shape.name {
      throw Refusal(.conflict, "its identity belongs to an item of another type, \(id)")
    }
    return id
  }

  /// Puts the record's values into the item.
  /// - Returns: the references that cannot be resolved yet.
  private func fill(
    _ item: inout Item, _ record: SourceRecord, _ fields: ItemFields, isNew: Bool
  ) throws -> [(field: String, value: FieldValue)] {
    var later: [(field: String, value: FieldValue)] = []
    for (name, raw) in record.values.entries {
      if name == "id" || name == "type" || name == "version" || name == "uid" && !isNew { continue }
      let field = try fields.field(name)
      if !isNew, name == "slug", isForeign(record) { continue }
      do {
        var raw = raw
        if field.kind == .media { raw = try media(raw) }
        let value = try reader.value(raw, of: field.kind, isOptional: field.isOptional)
        if value.isNull, !field.isOptional, let index = fields.shape.index[name] {
          item.values[index] = fields.shape.fields[index].initial
        } else {
          try fields.set(name, value, of: &item)
        }
      } catch is LaterReference {
        later.append((name, raw))
      } catch let refusal as Refusal where refusal.field == nil {
        throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
      }
    }
    return later
  }

  /// A file of the source is brought in; a name has to be one of the site's files.
  private func media(_ value: FieldValue) throws -> FieldValue {
    if case .map(let map) = value { return try map["file"]?.text.map { .text(try addFile($0)) } ?? .null }
    guard let name = value.text, !name.isEmpty, MediaName.isName(name), name != knownFile else {
      return value
    }
    if !FileManager.default.fileExists(atPath: operation.site.mediaPath(name)) {
      guard try addFile(name) == name else {
        throw Refusal(.invalid, "the file \(name) is not what its name says")
      }
    }
    knownFile = name
    return value
  }

  /// Sets the references that had to wait. One that leads nowhere refuses the whole import.
  func finish() throws {
    end.isReached = true
    for wait in deferred {
      let fields = ItemFields(try operation.site.shape(operation.item(wait.id).envelope.type))
      let field = try fields.field(wait.field)
      do {
        let value = try reader.value(wait.value, of: field.kind, isOptional: true)
        if wait.isNew {
          try operation.complete(wait.id) { try fields.set(wait.field, value, of: &$0) }
        } else {
          try operation.update(wait.id, keepsTime: true) { try fields.set(wait.field, value, of: &$0) }
        }
      } catch is LaterReference {
        throw Refusal(
          .invalid,
          "\(wait.place): \(wait.field) refers to \(wait.value.summary), which is nowhere in the source")
      }
    }
    try BulkWriting.end(operation.db)
  }
}
