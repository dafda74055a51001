/// Which of the shared options a command heeds; others refuse them, so that none is ignored in silence.
public enum SharedOption {
  /// How records are written, and how many.
  public static let records: Set<String> = ["format", "fields", "field", "porcelain", "limit", "offset"]
  /// Records of content, chosen and ordered.
  public static let list = records.union(["filter", "sort"])
  /// Records of items that are named.
  public static let show: Set<String> = ["format", "fields", "field", "porcelain", "filter"]
  /// Changes of items that are named or chosen.
  public static let bulk: Set<String> = ["filter", "porcelain"]
  /// Changes that tell ids.
  public static let change: Set<String> = ["porcelain"]
}
