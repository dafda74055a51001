import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// What to do with a record whose item is there already.
public enum ConflictPolicy: String, CaseIterable, Sendable { case skip, update, fail }

/// Writes records into a site, within one operation.
final class Importer {
  let operation: Operation
  let policy: ConflictPolicy
  let progress: Progress
  private var filling: RecordFilling
  /// The names found so far, for those who read ahead.
  let known = KnownNames()
  var summary = ImportSummary()
  /// References to records that come later: item, field, value and place.
  var deferred: [(id: Int64, isNew: Bool, field: String, value: FieldValue, place: String)] = []

  let refused = RefusedRecords()

  /// Records whose slug another item has for now, and about how many bytes they are.
  var waiting: [Waiting] = []
  var waitingBytes = 0
  /// The slugs, by noun, that items have given up in this import.
  var vacated: Set<String> = []

  /// - Parameter addFile: brings a file in and names it; the argument is a path as the source writes it.
  init(_ operation: Operation, policy: ConflictPolicy, addFile: @escaping (String) throws -> String) throws {
    try operation.require(.administer, "import")
    self.operation = operation
    self.policy = policy
    let names = Names(operation.site, operation.db, known, readsIDs: false)
    let places = Dictionary(
      operation.site.registry.shapes.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let progress = Progress()
    self.progress = progress
    let refused = refused
    let reader = FieldText(now: operation.now, timeZone: operation.site.timeZone) { text, noun in
      if !progress.contested.isEmpty, progress.contested.contains(Self.key(text, noun)) {
        throw RecordFilling.LaterReference(name: text)
      }
      if let id = try names.find(text, of: noun) { return id }
      let mayBeTitle = noun == Tag.name && progress.isAtEnd
      // What can be no title, however it goes on, refuses this record, and not in the end the whole import.
      if noun == Tag.name, !UID.isUID(text), !progress.isAtEnd {
        var tag = try operation.blank(Tag.name)
        tag.values[0] = .text(text)
        try Operation.checkAlone(&tag, operation.site.shape(Tag.name))
      }
      // A tree may name a parent that comes after it, an album its cover among the photos, which come after albums.
      let mayCome =
        !progress.isAtEnd && noun != Tag.name && (places[noun] ?? -1) >= (places[progress.noun] ?? 0)
      if UID.isUID(text) || text.contains(":") && !mayBeTitle || mayCome {
        throw RecordFilling.LaterReference(name: text)
      }
      guard noun == Tag.name else {
        if let told = refused.told(text, of: [noun]) {
          throw Refusal(.notFound, "refers to “\(text)”, \(told.text)", hint: told.hint)
        }
        return try names.id(text, of: noun)
      }
      var tag = try operation.blank(Tag.name)
      tag.values[0] = .text(text)
      // Public at once, as a tag is that is made on the way to an item: it is seen only with what carries it.
      tag.envelope.state = .published
      return try operation.create(tag).envelope.id
    }
    let site = operation.site
    filling = RecordFilling(reader) { value in
      if case .map(let map) = value { return try map["file"]?.text.map { .text(try addFile($0)) } ?? .null }
      guard let name = value.text, MediaName.isName(name), !site.hasMedia(name) else { return value }
      guard try addFile(name) == name else {
        throw Refusal(.invalid, "the file \(name) is not what its name says")
      }
      return value
    }
  }

  /// Where in the source the import is.
  final class Progress {
    /// The noun of the record at hand.
    var noun = ""
    /// Whether all records have been read; what was not there then, does not come.
    var isAtEnd = false
    /// The slugs, by noun, that are about to go from one item to another, so that they name nothing now.
    var contested: Set<String> = []
  }

  /// Writes one record; a refused one is counted with its place, and nothing of it is written.
  func add(_ record: SourceRecord) throws { try add(record, nil, nil) }

  /// Writes one record of which the new item is known already.
  func add(_ prepared: PreparedRecord) throws { try add(prepared.record, prepared.item, prepared.words) }

  private func add(_ record: SourceRecord, _ item: Item?, _ words: SearchText.Words?) throws {
    guard let shape = operation.site.registry.shape(record.noun) else {
      summary.leftOut[record.noun, default: 0] += 1
      return
    }
    if shape.name == Block.name, let kind = record.values["kind"]?.text,
      !operation.site.registry.blocks.contains(where: { $0.name == kind })
    {
      summary.leftOut[Block.name, default: 0] += 1
      return
    }
    if progress.noun != shape.name {
      // What comes now may refer to what waits.
      try settleSlugs()
      progress.noun = shape.name
    }
    summary.read[shape.name, default: 0] += 1
    do {
      guard !record.rows.isEmpty || operation.site.registry.rules[shape.name] != nil else {
        return try write(record, shape, item, words)
      }
      // What is refused after the item was written takes it back.
      let (before, waiting) = (summary, deferred.count)
      do {
        try operation.db.inSavepoint {
          try write(record, shape, item, words)
          return .commit
        }
      } catch {
        summary = before
        deferred.removeSubrange(waiting...)
        throw error
      }
    } catch let refusal as Refusal {
      do {
        if try !postpone(record, shape, refusal) { try refuse(refusal, record) }
      } catch let refusal as Refusal {
        try refuse(refusal, record)
      }
    }
  }

  func write(_ record: SourceRecord, _ shape: Shape, _ item: Item?, _ words: SearchText.Words?) throws {
    if let existing = try match(record, shape) {
      try change(existing, record, shape)
    } else if let item {
      let created = try operation.store(
        item, keepsSlug: !record.isForeign, slugIsFree: record.isKnownBySlug, words: words)
      summary.created += 1
      _ = try bring(record.rows, to: created.envelope.id, of: shape.name)
    } else {
      try create(record, shape)
    }
  }

  func countLeftOut(_ noun: String, _ count: Int) { summary.leftOut[noun, default: 0] += count }

  private func create(_ record: SourceRecord, _ shape: Shape) throws {
    var item = try operation.blank(shape.name)
    let later = try filling.fill(&item, record, shape, isNew: true)
    let created = try operation.create(item, keepsSlug: !record.isForeign)
    summary.created += 1
    deferred += later.map { (created.envelope.id, true, $0.field, $0.value, record.place) }
    _ = try bring(record.rows, to: created.envelope.id, of: shape.name)
  }

  func change(_ existing: Int64, _ record: SourceRecord, _ shape: Shape) throws {
    switch policy {
    case .skip:
      if try bring(record.rows, to: existing, of: shape.name) {
        summary.updated += 1
      } else {
        summary.skipped += 1
      }
    case .fail: throw Refusal(.conflict, "\(shape.name) \(existing) is there already")
    case .update:
      var later: [(field: String, value: FieldValue)] = []
      let keepsTime = record.values["updatedAt"] != nil
      let result = try operation.change(existing, keepsTime: keepsTime, mayBeSecond: true) { item in
        later = try filling.fill(&item, record, shape, isNew: false)
      }
      if result.old.envelope.slug != result.new.envelope.slug {
        vacated.insert(Self.key(result.old.envelope.slug, shape.name))
      }
      let hasBrought = try bring(record.rows, to: existing, of: shape.name)
      if result.hasChanged || hasBrought { summary.updated += 1 } else { summary.skipped += 1 }
      deferred += later.map { (existing, false, $0.field, $0.value, record.place) }
    }
  }

  /// The item that a record is about: by uid, else by the source's own id; where the record says neither, by slug.
  func match(_ record: SourceRecord, _ shape: Shape) throws -> Int64? {
    let (store, db) = (operation.site.store, operation.db)
    var id: Int64?
    if let uid = record.values["uid"]?.text { id = try store.id(uid: uid, db) }
    if id == nil, let origin = record.values["origin"]?.text { id = try store.id(origin: origin, db) }
    if id == nil, record.isKnownBySlug, let slug = record.values["slug"]?.text {
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

  /// Sets the references that had to wait. One that leads nowhere refuses the whole import.
  func finish() throws {
    try settleSlugs()
    progress.isAtEnd = true
    for wait in deferred {
      let fields = ItemFields(try operation.site.shape(operation.item(wait.id).envelope.type))
      let field = try fields.field(wait.field)
      do {
        let value = try filling.reader.value(wait.value, of: field.kind, isOptional: true)
        if wait.isNew {
          try operation.complete(wait.id) { try fields.set(wait.field, value, of: &$0) }
        } else {
          try operation.update(wait.id, keepsTime: true) { try fields.set(wait.field, value, of: &$0) }
        }
      } catch let reference as RecordFilling.LaterReference {
        let told = nowhere(reference.name, of: field.kind.target)
        throw Refusal(
          .invalid, "\(wait.place): \(wait.field) refers to “\(reference.name)”, \(told.text)",
          hint: told.hint)
      } catch let refusal as Refusal {
        // Such as a tag that is to be made and cannot be: the item is written, so the whole import is refused.
        let field = refusal.field == wait.field ? "" : "\(wait.field): "
        throw Refusal(
          refusal.code, "\(wait.place): \(field)\(refusal.message)", field: wait.field, hint: refusal.hint)
      }
    }
  }
}
