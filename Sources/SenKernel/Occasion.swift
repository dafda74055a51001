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

  private static func text(_ words: [Word]) -> String {
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
