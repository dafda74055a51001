/// The order of `SortKey` told once more, in the plainest way: letters by their place in the alphabet, then tones
/// by theirs. For Vietnamese words only.
enum SlowOrder {
  static let alphabet = " aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
  static let tones = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]

  /// Every letter with every tone, with both ranks.
  static let letters: [Character: (letter: Int, tone: Int)] = {
    var letters: [Character: (letter: Int, tone: Int)] = [:]
    for (letter, character) in alphabet.enumerated() {
      for (tone, mark) in tones.enumerated() {
        letters[Character("\(character)\(mark)".nfc)] = (letter, tone)
      }
    }
    return letters
  }()

  /// The ranks of a word; nil if it holds anything but Vietnamese letters and spaces.
  static func ranks(_ word: String) -> (letters: [Int], tones: [Int])? {
    let found = word.nfc.lowercased().map { letters[$0] }
    guard !found.contains(where: { $0 == nil }) else { return nil }
    return (found.compactMap(\.?.letter), found.compactMap(\.?.tone))
  }

  static func precedes(_ a: (letters: [Int], tones: [Int]), _ b: (letters: [Int], tones: [Int])) -> Bool {
    a.letters == b.letters
      ? a.tones.lexicographicallyPrecedes(b.tones) : a.letters.lexicographicallyPrecedes(b.letters)
  }
}
