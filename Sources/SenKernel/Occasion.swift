import Grammar

/// Through which door something is done, and by which command: what the journal keeps beside who and when.
public struct Occasion: Sendable, Equatable {
  public enum Door: String, Sendable, CaseIterable { case shell, console, script, job, web }

  public let door: Door
  /// The command as it was given, without `sen`.
  public let command: String

  public init(_ door: Door, command: String) { (self.door, self.command) = (door, command) }

  /// - Parameter words: the words of a command line; long ones are cut.
  public init(_ door: Door, words: [Word]) {
    self.init(door, command: Self.text(words))
  }

  private static let longestWord = 100
  private static let mostWords = 40

  /// The options that say which site and who; the journal is the site's, and knows who.
  private static let aside: Set<String> = ["--site", "--as"]

  private static func text(_ all: [Word]) -> String {
    var (words, isValue): ([Word], Bool) = ([], false)
    for word in all {
      let isAside = aside.contains(word.text)
      if !isAside, !isValue, !aside.contains(where: { word.text.hasPrefix($0 + "=") }) { words.append(word) }
      isValue = isAside
    }
    var texts = words.prefix(mostWords).map { word in
      if word.text.utf8.count <= longestWord, !word.text.utf8.contains(UInt8(ascii: "\n")) {
        return Word.quoted(word.text)
      }
      let line = String(word.text.prefix(longestWord)).split(separator: "\n").joined(separator: " ")
      return Word.quoted(line) + (word.text.count > longestWord ? "…" : "")
    }
    if words.count > mostWords { texts.append("…") }
    return texts.joined(separator: " ")
  }
}
