/// Inputs of a megabyte, where an algorithm whose time grows with the square of the length is felt, and recursion
/// goes deep: what libFuzzer's small inputs cannot show.
struct Swollen: Sequence {
  private let parts: [(head: [UInt8], part: [UInt8], tail: [UInt8])]
  private let size: Int

  init(_ reader: Reader, seeds: [[UInt8]]) {
    // Nobody types a megabyte into a line.
    size = reader.most <= 8192 ? 1 << 16 : 1 << 20
    let words =
      (reader.words + [
        "[", "(", "{\"a\":", "- ", "> ", "<a>", "a", " ", "\n", "9", "\"", "'", "\\", "a,", "đ", "\u{301}",
      ])
      .map { Array($0.utf8) }
    let seeds = seeds.filter { $0.count < 65_536 }.prefix(20)
    // Each word alone, behind a seed, and in the middle of one; each seed over and over.
    parts =
      words.map { ([], $0, []) } + seeds.map { ([], $0, []) }
      + seeds.prefix(3).flatMap { seed in
        words.flatMap { word in
          [
            (seed, word, []),
            (Array(seed.prefix(seed.count / 2)), word, Array(seed.dropFirst(seed.count / 2))),
          ]
        }
      }
  }

  /// Each input, with what there is so much of in it.
  func makeIterator() -> AnyIterator<(what: String, input: [UInt8])> {
    var parts = parts[...]
    return AnyIterator {
      guard let (head, part, tail) = parts.popFirst() else { return nil }
      let times = Swift.max(1, size / Swift.max(1, part.count))
      let what = String(decoding: part.prefix(40), as: UTF8.self).debugDescription
      return (
        "\(what) behind \(head.count) bytes", head + Array(repeatElement(part, count: times).joined()) + tail
      )
    }
  }
}
