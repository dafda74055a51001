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
