/// A piece of a text, compared by its bytes: canonically equal spellings are different pieces.
public struct TextPiece: Sendable, Hashable {
  public let text: Substring

  public init(_ text: Substring) { self.text = text }

  public static func == (lhs: TextPiece, rhs: TextPiece) -> Bool {
    lhs.text.utf8.elementsEqual(rhs.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }

  /// The lines of a text without their `\n`; a text that ends in one has an empty line behind it, an empty text none.
  public static func lines(_ text: String) -> [TextPiece] {
    guard !text.isEmpty else { return [] }
    // By bytes, for `\r\n` is one character.
    return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { TextPiece(Substring($0)) }
  }

  /// The words of a text and what stands between them: `Giá 3,5 triệu.` is `Giá`, a space, `3,5`, a space, `triệu`
  /// and a full stop. Blanks are one piece as far as they go, each line end and each sign is its own, and no
  /// character is split from its marks.
  public static func words(_ text: Substring) -> [TextPiece] {
    var pieces: [TextPiece] = []
    var start = text.startIndex
    while start < text.endIndex {
      let kind = Kind(text[start])
      var end = text.index(after: start)
      if kind == .word || kind == .blank {
        while end < text.endIndex {
          let next = Kind(text[end])
          if next != kind {
            // A comma or a point between digits is part of a number.
            guard next == .point, text[text.index(before: end)].isNumber else { break }
            let behind = text.index(after: end)
            guard behind < text.endIndex, text[behind].isNumber else { break }
          }
          end = text.index(after: end)
        }
      }
      pieces.append(TextPiece(text[start..<end]))
      start = end
    }
    return pieces
  }

  private enum Kind {
    case word, blank, lineEnd, point, sign

    init(_ character: Character) {
      if character.isLetter || character.isNumber {
        self = .word
      } else if character.isNewline {
        self = .lineEnd
      } else if character.isWhitespace {
        self = .blank
      } else {
        self = character == "." || character == "," ? .point : .sign
      }
    }
  }

  /// Whether it is a word, and no blank, line end or sign.
  var isWord: Bool { text.first.map { Kind($0) == .word } ?? false }
  var isLineEnd: Bool { text.first.map { Kind($0) == .lineEnd } ?? false }
  var isBlank: Bool { text.first.map { [.blank, .lineEnd].contains(Kind($0)) } ?? true }
}
