import ContentModel
import Formats

/// The records that an import has refused, by the names that others may call them by: what refers to them is told why
/// they are not there.
final class RefusedRecords {
  private struct Refused {
    let place: String
    let cause: Refusal?
  }

  /// So many causes are kept; of the others only the places.
  private static let mostCauses = 1000

  private var records: [String: Refused] = [:]
  private var causes = 0

  func insert(_ record: SourceRecord, _ refusal: Refusal) {
    causes += 1
    let refused = Refused(place: record.place, cause: causes <= Self.mostCauses ? refusal : nil)
    for field in ["uid", "origin", "slug"] {
      if let name = record.values[field]?.text { records[Importer.key(name, record.noun)] = refused }
    }
  }

  /// What to say of a name that a refused record has: `which was refused (line 2: title: is missing)`, and what to do
  /// about that.
  func told(_ name: String, of nouns: some Sequence<String>) -> (text: String, hint: String?)? {
    guard let refused = nouns.lazy.compactMap({ self.records[Importer.key(name, $0)] }).first else {
      return nil
    }
    let cause = refused.cause.map { ": \($0.message)" } ?? ""
    return ("which was refused (\(refused.place)\(cause))", refused.cause?.hint)
  }
}

extension Importer {
  /// Counts a record that is not written, with its place.
  func refuse(_ refusal: Refusal, _ record: SourceRecord) throws {
    var refusal = refusal
    if refusal.code == .conflict, refusal.field == "slug", let slug = record.values["slug"]?.text,
      let uid = record.values["uid"]?.text,
      let holder = try operation.site.store.holder(of: slug, type: record.noun, operation.db),
      try operation.item(holder).envelope.uid != uid
    {
      refusal.hint =
        "Its uid says that it is another item. Give it another slug where it comes from, and export it again; or leave the uid out of the record, to update the one here."
    }
    summary.failed += 1
    if summary.failures.count < ImportSummary.mostFailures {
      summary.failures.append((record.place, refusal.description))
    }
    refused.insert(record, refusal)
  }

  /// What to say of a reference that leads to no item, and what to do about it.
  func nowhere(_ name: String, of noun: String?) -> (text: String, hint: String?) {
    noun.flatMap { whyRefused(name, of: $0) } ?? ("which is nowhere in the source", nil)
  }

  /// The same where the source had a record of that name, of a noun or `FieldKind.anyItem`, that was refused.
  func whyRefused(_ name: String, of noun: String) -> (text: String, hint: String?)? {
    refused.told(name, of: noun == FieldKind.anyItem ? operation.site.registry.shapes.map(\.name) : [noun])
  }
}
