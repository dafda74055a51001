import ContentModel
import Foundation
import Storage

/// An item as codecs and tables see it: every field by name, references by the names of their targets.
struct ItemRecord {
  /// How references are written.
  enum Style: Sendable {
    /// By uid; for archives.
    case archive
    /// By slug, tags by title; for people.
    case people
  }

  let fields: ItemFields
  let names: Names
  let style: Style

  /// The fields of an exported record, in their order.
  var all: [String] { ["uid"] + fields.openNames }

  /// The values of the named fields.
  func map(_ item: Item, _ wanted: [String]) throws -> FieldMap {
    var map = FieldMap()
    for name in wanted { map.append(name, try value(name, of: item)) }
    return map
  }

  func value(_ name: String, of item: Item) throws -> FieldValue {
    let field = try fields.field(name)
    let value = field.shown(try fields.value(name, of: item))
    guard let target = field.kind.target else { return value }
    let column = column(target)
    switch value {
    case .integer(let id): return .text(try names.text(id, as: column))
    case .list(let ids): return .list(try ids.map { .text(try names.text($0.integer ?? 0, as: column)) })
    default: return value
    }
  }

  /// What the items of a noun are called.
  func column(_ target: String) -> ItemStore.NameColumn {
    switch target {
    case _ where style == .archive: .uid
    case Tag.name: .title
    case FieldKind.anyItem: .typeAndSlug
    default: .slug
    }
  }
}
