import ContentModel

/// The lines that stand around two versions of one place, as in git, for a person to settle:
///
///     <<<<<<< yours
///     Đường mới
///     ||||||| version 3
///     Đường làng
///     ======= version 4, by lan
///     Đường liên thôn
///     >>>>>>> end
struct ConflictMarks {
  let base: Int64
  let theirs: Int64
  /// Who has made their version, such as `lan` or `lan and hoa`.
  let people: String

  private static let (first, second, third, last) = (
    "<<<<<<< yours", "||||||| version ", "======= version ", ">>>>>>> end"
  )

  /// Texts of whole lines, each ending in a line end where it is not empty, between the marks.
  func around(mine: String, base text: String, theirs other: String) -> String {
    """
    \(Self.first)
    \(mine)\(Self.second)\(base)
    \(text)\(Self.third)\(theirs), by \(people)
    \(other)\(Self.last)

    """
  }

  /// The number of the first line of `text` that is one of the marks; nil where it has no more of them than `known`,
  /// which is a text that may be about such marks.
  static func unsettled(in text: String, known: String) -> Int? {
    func marks(_ text: String) -> [Int] {
      guard text.contains(Self.first) || text.contains(Self.last) || text.contains(Self.third) else {
        return []
      }
      return TextPiece.lines(text).enumerated().filter { _, line in
        [first, second, third, last].contains { line.text.hasPrefix($0) }
      }.map { $0.offset + 1 }
    }
    let found = marks(text)
    return found.count > marks(known).count ? found.first : nil
  }
}
