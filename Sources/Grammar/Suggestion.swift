/// The nearest known word to one that is not known.
public enum Suggestion {
  /// The word of `words` that `word` was probably meant to be; nil if none is near enough.
  public static func nearest(_ word: String, in words: [String]) -> String? {
    let wanted = Array(word.lowercased())
    guard !wanted.isEmpty else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in words {
      let letters = Array(candidate.lowercased())
      if letters.count > wanted.count, wanted.count >= 2, letters.starts(with: wanted) {
        if best.map({ $0.distance > 0 }) ?? true { best = (0, candidate) }
        continue
      }
      let limit = max(1, wanted.count / 3)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein, restricted).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
