public import ContentModel

/// How the body of an entry is written.
public enum BodyFormat: String, Choice {
  case markdown, html

  /// How the long texts of an item are written, as its field `bodyFormat` says where it has one.
  package static func of(_ item: Item, _ shape: Shape) -> BodyFormat {
    shape.index["bodyFormat"].flatMap { item.values[$0].text }.flatMap(BodyFormat.init) ?? .markdown
  }
}
