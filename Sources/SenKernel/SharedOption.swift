/// Which of the shared options a command heeds; others refuse them, so that none is ignored in silence.
enum SharedOption {
  /// How records are written, and how many.
  static let records: Set<String> = ["format", "fields", "field", "porcelain", "limit", "offset"]
  /// Records of content, chosen and ordered.
  static let list = records.union(["filter", "sort"])
  /// Records of items that are named.
  static let show: Set<String> = ["format", "fields", "field", "porcelain", "filter"]
  /// Changes of items that are named or chosen.
  static let bulk: Set<String> = ["filter", "porcelain"]
  /// Changes that tell ids.
  static let change: Set<String> = ["porcelain"]
}
