/// Splits a line into words, and remembers how it ended, for completion.
struct Lexer {
  /// The part of the line that its end is in.
  enum Zone { case words, path, pipe, comment }

  /// A word with what completion must know of its quotes.
  struct Piece {
    var text: [UInt8] = []
    var range = 0..<0
    /// The quote that is open at the end, else the last one used, and how many bytes of `text` came
    /// before it.
    var quote: Quote?
    var quoteOffset = 0
    var quoteIsOpen = false
    /// The byte of the line that the quote stands at.
    var quotePlace = 0
    var hasEscapes = false
    var beginsQuoted = false

    var word: Word {
      Word(
        String(decoding: text, as: UTF8.self), wasQuoted: quote != nil || hasEscapes,
        beginsQuoted: beginsQuoted,
        range: range)
    }
  }

  private(set) var words: [Word] = []
  private(set) var redirect: Redirect?
  private(set) var problem: LexicalProblem?
  private(set) var zone = Zone.words
  /// The word (or path) that reaches the end of the line.
  private(set) var touching: Piece?

  private let bytes: [UInt8]
  private var position = 0

  /// The length of the line in bytes.
  var length: Int { bytes.count }

  init(_ text: String) { self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if let nul = bytes.firstIndex(of: 0) { problem = .nul(at: nul) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    scan()
  }

  private mutating func scan() {
    var sawBreak = false
    while skipBlanks(&sawBreak) {
      if bytes[position] == 0x23 {
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        if position == bytes.count { zone = .comment }
        continue
      }
      if redirect != nil {
        note(sawBreak ? .secondCommand(at: position) : .afterRedirect(at: position))
        zone = .pipe
        return
      }
      if sawBreak, !words.isEmpty { note(.secondCommand(at: position)) }
      switch bytes[position] {
      case 0x7C: scanPipe()
      case 0x3E: scanFile()
      default:
        let piece = scanWord()
        words.append(piece.word)
        touching = piece.range.upperBound == bytes.count ? piece : nil
      }
    }
  }

  /// Goes to the next byte that is not blank; false at the end.
  private mutating func skipBlanks(_ sawBreak: inout Bool) -> Bool {
    while position < bytes.count {
      if Lexer.isBlank(bytes[position]) {
        sawBreak = sawBreak || bytes[position] == 0x0A
        position += 1
      } else if let length = continuation(at: position) {
        position += length
      } else {
        return true
      }
    }
    return false
  }

  private mutating func scanWord() -> Piece {
    var piece = Piece()
    let start = position
    piece.beginsQuoted = start < bytes.count && [0x22, 0x27, 0x5C].contains(bytes[start])
    while position < bytes.count {
      let byte = bytes[position]
      if piece.quoteIsOpen, let quote = piece.quote {
        if byte == quote.rawValue {
          piece.quoteIsOpen = false
        } else if quote == .double, byte == 0x5C, let escaped = Lexer.escaped(bytes, after: position) {
          piece.text.append(escaped)
          position += 1
        } else {
          piece.text.append(byte)
        }
        position += 1
      } else if let quote = Quote(rawValue: byte) {
        piece.quote = quote
        piece.quoteOffset = piece.text.count
        piece.quoteIsOpen = true
        piece.quotePlace = position
        position += 1
      } else if let length = continuation(at: position) {
        position += length
      } else if byte == 0x5C {
        piece.hasEscapes = true
        position += 1
        if position < bytes.count {
          piece.text.append(bytes[position])
          position += 1
        } else {
          note(.openEscape(at: position - 1))
        }
      } else if Lexer.isBlank(byte) {
        break
      } else {
        piece.text.append(byte)
        position += 1
      }
    }
    if piece.quoteIsOpen, let quote = piece.quote { note(.openQuote(quote, at: piece.quotePlace)) }
    piece.range = start..<position
    return piece
  }

  /// The rest of the line is the shell's.
  private mutating func scanPipe() {
    let start = position
    if words.isEmpty { note(.nothingBefore("|", at: start)) }
    let end = Lexer.endOfCommand(bytes, from: start + 1)
    if end == bytes.count {
      zone = .pipe
      if let (quote, at) = Lexer.openQuote(bytes, from: start + 1) { note(.openQuote(quote, at: at)) }
    }
    let command = bytes[start + 1..<end].drop(while: Lexer.isBlank)
    let trimmed = command.reversed().drop(while: Lexer.isBlank).reversed()
    if trimmed.isEmpty { note(.emptyPipe(at: start)) }
    if trimmed.first == 0x7C { note(.doublePipe(at: start)) }
    redirect = .pipe(String(decoding: trimmed, as: UTF8.self))
    position = end
    touching = nil
  }

  private mutating func scanFile() {
    let start = position
    if words.isEmpty { note(.nothingBefore(">", at: start)) }
    position += 1
    let appends = position < bytes.count && bytes[position] == 0x3E
    if appends { position += 1 }
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    zone = .path
    touching = nil
    if position < bytes.count, bytes[position] == 0x26 || bytes[position] == 0x7C || bytes[position] == 0x3E {
      note(.emptyFile(at: start))
    }
    let piece = scanWord()
    if piece.text.isEmpty { note(.emptyFile(at: start)) }
    redirect = .file(path: piece.word.text, appends: appends)
    if piece.range.upperBound == bytes.count {
      touching = piece.range.isEmpty ? nil : piece
    } else {
      zone = .pipe  // nothing can follow a path, so nothing is offered either
    }
  }

  private mutating func note(_ found: LexicalProblem) {
    if problem == nil { problem = found }
  }

  /// The length of a backslash and line break at `index`, which continue a line.
  private func continuation(at index: Int) -> Int? {
    Lexer.continuation(bytes, at: index)
  }

  private static func continuation(_ bytes: [UInt8], at index: Int) -> Int? {
    guard bytes[index] == 0x5C, index + 1 < bytes.count else { return nil }
    if bytes[index + 1] == 0x0A { return 2 }
    return bytes[index + 1] == 0x0D && index + 2 < bytes.count && bytes[index + 2] == 0x0A ? 3 : nil
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// What a backslash in double quotes stands for with the byte after it; nil where it means itself.
  static func escaped(_ bytes: [UInt8], after index: Int) -> UInt8? {
    guard index + 1 < bytes.count else { return nil }
    return switch bytes[index + 1] {
    case 0x22, 0x5C: bytes[index + 1]
    case 0x6E: 0x0A
    case 0x74: 0x09
    default: nil
    }
  }

  /// The line break that ends the command at `start`, or the end of the text.
  static func endOfCommand(_ bytes: [UInt8], from start: Int) -> Int {
    ending(bytes, from: start).end
  }

  static func openQuote(_ bytes: [UInt8], from start: Int) -> (Quote, at: Int)? {
    ending(bytes, from: start).open
  }

  private static func ending(_ bytes: [UInt8], from start: Int) -> (end: Int, open: (Quote, at: Int)?) {
    var open: (Quote, at: Int)?
    var index = start
    var startsWord = true
    while index < bytes.count {
      let byte = bytes[index]
      if let (quote, _) = open {
        if byte == quote.rawValue {
          open = nil
        } else if quote == .double, byte == 0x5C {
          index += 1
        }
      } else if let quote = Quote(rawValue: byte) {
        open = (quote, index)
      } else if let length = continuation(bytes, at: index) {
        index += length  // what began a word before still does
        continue
      } else if byte == 0x5C {
        index += 1
      } else if byte == 0x23, startsWord {
        index = (bytes[index...].firstIndex(of: 0x0A) ?? bytes.count)
        break
      } else if byte == 0x0A {
        break
      }
      startsWord = isBlank(byte)
      index += 1
    }
    return (min(index, bytes.count), open)
  }
}
