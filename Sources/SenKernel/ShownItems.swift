import ContentModel
import GRDB

/// Which placed blocks show which items: looked up once for an operation that takes many items away, and anew after a
/// change that may have changed it.
final class ShownItems {
  typealias Place = (block: Entry<Block>, option: String)

  private var places: [Int64: [Place]]?

  func places(of id: Int64, _ site: Site, _ db: Database) throws -> [Place] {
    let known = try places ?? BlockOptions(site, db).shown()
    places = known
    return known[id] ?? []
  }

  /// Takes note of a change: of a block, or of what a name may lead to.
  func heed(_ old: Envelope?, _ new: Envelope?) {
    guard let known = places, let envelope = new ?? old else { return }
    let isSame: Bool
    if let old, let new {
      isSame =
        old.slug == new.slug && old.title == new.title && old.uid == new.uid && old.origin == new.origin
    } else {
      isSame = new == nil && known[envelope.id] == nil
    }
    if !isSame || envelope.type == Block.name { places = nil }
  }
}

extension Operation {
  /// The placed blocks that show an item, each with the option that names it.
  func blocks(showing item: Envelope) throws -> [ShownItems.Place] {
    try shown.places(of: item.id, site, db)
  }
}
