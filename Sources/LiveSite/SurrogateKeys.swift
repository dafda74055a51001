import SenKernel

/// What an answer shows, in words for a cache before the site, which can then forget just that (`Surrogate-Key`, as
/// Fastly and others name it). Keys are made of letters, digits and `_`.
enum SurrogateKeys {
  static let header = "Surrogate-Key"
  /// On every answer that may be kept.
  static let all = "all"
  /// On files, which are not public any more once nothing public leads to them.
  static let media = "media"
  /// On what says when anything was changed last.
  static let changes = "changes"
  /// On what shows more items than a header has room for.
  private static let many = "many"
  /// Bytes of all keys together; caches take headers of some thousand.
  private static let most = 3000

  private static func key(item: Int64) -> String { "i\(item)" }
  private static func key(noun: String) -> String { "n_\(noun)" }

  /// The keys of a page by what it was made from.
  static func text(_ traces: [PageTrace]) -> String {
    var words = [all]
    if traces.contains(where: \.tellsOfAnyChange) { words.append(changes) }
    words += Set(traces.flatMap(\.nouns)).sorted().map(key)
    let items = Set(traces.flatMap(\.items)).sorted().map(key)
    let isTooMuch = items.reduce(0) { $0 + $1.utf8.count + 1 } > most
    return (words + (isTooMuch ? [many] : items)).joined(separator: " ")
  }

  /// The keys of what is old now.
  static func keys(_ changes: ContentChanges) -> Set<String> {
    if changes.isEverything { return [all] }
    if changes.isEmpty { return [] }
    return Set(changes.items.map(key) + changes.nouns.map(key) + [many, media, Self.changes])
  }
}
