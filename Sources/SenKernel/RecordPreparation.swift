import ContentModel
import Formats
import Foundation
import Storage

/// A record, and the new item that it makes where that can be told without the database.
struct PreparedRecord: Sendable {
  let record: SourceRecord
  /// Filled and checked by itself, its references being known; nil where the importer has to look.
  var item: Item?
  var words: SearchText.Words?
  /// How far the source was read when this came out of it.
  var progress: (done: Int, total: Int?)
}

/// Reads records and does ahead of the importer all that needs no database.
struct RecordPreparation<Source: RecordSource> {
  private var source: Source
  private let site: Site
  private let now: Date
  private var filling: RecordFilling

  /// Thrown for what only the importer can find out or tell.
  private struct NeedsImporter: Error {}

  init(_ source: Source, _ site: Site, now: Date, _ known: KnownNames) {
    self.source = source
    self.site = site
    self.now = now
    let reader = FieldText(now: now, timeZone: site.timeZone) { text, noun in
      guard let id = known.id(text, of: noun) else { throw NeedsImporter() }
      return id
    }
    filling = RecordFilling(reader) { value in
      if value.isNull { return value }
      guard let name = value.text, MediaName.isName(name), site.hasMedia(name) else { throw NeedsImporter() }
      return value
    }
  }

  mutating func next() throws -> PreparedRecord? {
    guard let record = try source.next() else { return nil }
    var prepared = PreparedRecord(record: record, progress: source.progress)
    do {
      try prepare(&prepared)
    } catch {
      // Whatever is wrong with it, the importer will find and tell with its place.
      (prepared.item, prepared.words) = (nil, nil)
    }
    return prepared
  }

  private mutating func prepare(_ prepared: inout PreparedRecord) throws {
    guard let shape = site.registry.shape(prepared.record.noun) else { return }
    var item = site.blank(shape, at: now)
    _ = try filling.fill(&item, prepared.record, shape, isNew: true)
    Operation.completeNew(&item)
    try Operation.checkAlone(&item, shape)
    prepared.words = SearchText.make(item, shape)
    prepared.item = item
  }
}
