import ContentModel
import GRDB
import Storage

/// A block that stands in a region, ready to be looked at.
public struct PlacedBlock: Sendable {
  public let id: Int64
  /// Its heading; empty where it has none of its own.
  public let title: String
  public let region: String
  public let type: BlockType
  private let values: [FieldValue]

  /// What it shows; nil where there is nothing to show.
  public func view(_ page: PageContext) throws -> View? { try type.view(values, page) }

  /// The blocks that visitors see, region by region in their order. One whose kind is gone or whose options are wrong
  /// shows nothing; `block list` and `site doctor` tell it.
  public static func all(_ page: PageContext) throws -> [PlacedBlock] {
    let options = BlockOptions(page.site, page.db)
    let order = [Query.Order("region")] + Query.siblings
    return try page.items(Block.name, order: order).compactMap { item in
      let block = try Entry<Block>(item)
      guard let type = page.site.registry.blocks.first(where: { $0.name == block.body.kind }) else {
        return nil
      }
      do {
        return PlacedBlock(
          id: item.envelope.id, title: item.envelope.title, region: block.body.region, type: type,
          values: try options.values(block.body.options, of: type))
      } catch is Refusal {
        return nil
      }
    }
  }
}
