import ContentModel

/// The words of SQL: names, texts in quotes, white space and comments.
extension NukeVietBytes {
  /// Reads a text in quotes and gives its unescaped parts; the next byte is the quote.
  ///
  /// Escapes: https://dev.mysql.com/doc/refman/8.0/en/string-literals.html, table 11.1.
  func quoted(_ part: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let quote = try peek() else { return }
    let line = line
    // A name in backticks has no escapes but the doubled backtick.
    let escape: UInt8 = quote == 0x60 ? 0x60 : 0x5C
    func single(_ byte: UInt8) throws {
      try withUnsafeBytes(of: byte) { try part($0) }
    }
    skip()
    while let byte = try peek() {
      if byte == quote {
        skip()
        guard try peek() == quote else { return }
        try single(quote)
        skip()
      } else if byte == escape {
        skip()
        guard let escaped = try peek() else { break }
        switch escaped {
        case 0x30: try single(0)
        case 0x62: try single(8)
        case 0x6E: try single(10)
        case 0x72: try single(13)
        case 0x74: try single(9)
        case 0x5A: try single(26)
        case 0x25, 0x5F:
          try single(escape)
          try single(escaped)
        default: try single(escaped)
        }
        skip()
      } else {
        try part(run(until: quote, or: escape))
      }
    }
    throw cutOff("a text in quotes", line)
  }

  /// A word in upper case; empty where none begins.
  func word() throws -> String {
    _ = try skipSpace()
    var text: [UInt8] = []
    while let byte = try peek(), Self.isWord(byte) {
      guard text.count < 256 else { throw refusal("a word without end") }
      text.append(byte)
      skip()
    }
    return String(decoding: text, as: UTF8.self).uppercased()
  }

  /// A name, quoted or bare, without that of its database, after some words that may be missing.
  func name(after words: Set<String> = []) throws -> String {
    while true {
      var text: [UInt8] = []
      let isQuoted = try [0x60, 0x22].contains(next())
      if isQuoted {
        try quoted { part in
          text.append(contentsOf: part)
          guard text.count <= 256 else { throw refusal("a name without end") }
        }
      } else {
        while let byte = try peek(), Self.isWord(byte), text.count <= 256 {
          text.append(byte)
          skip()
        }
      }
      let name = String(decoding: text, as: UTF8.self)
      if !isQuoted, words.contains(name.uppercased()) { continue }
      if try next() == 0x2E {
        skip()
        continue
      }
      guard !name.isEmpty, name.utf8.count <= 256 else { throw refusal("a name is missing") }
      guard text.allSatisfy({ $0 >= 0x20 }) else {
        throw refusal(
          "a name with a line break or the like in it", hint: "A quote is missing: make it again.")
      }
      return name
    }
  }

  /// `(a, b)` in lower case.
  func list() throws -> [String] {
    var names: [String] = []
    repeat {
      skip()
      names.append(try name().lowercased())
    } while try next() == 0x2C && names.count <= 4096
    guard try next() == 0x29 else { throw refusal("a list of columns has no end") }
    skip()
    return names
  }

  /// The next byte that is neither white space nor comment; 0 at the end.
  func next() throws -> UInt8 { try skipSpace() ? try peek() ?? 0 : 0 }

  /// Passes over white space and comments; false at the end.
  func skipSpace() throws -> Bool {
    while let byte = try peek() {
      switch byte {
      case 0x20, 0x09...0x0D: skip()
      case 0x23: try skipLine()
      case 0x2D:
        guard try peek(1) == 0x2D else { return true }
        try skipLine()
      case 0x2F:
        guard try peek(1) == 0x2A else { return true }
        try skipComment()
      default: return true
      }
    }
    return false
  }

  func skipLine() throws {
    while let byte = try peek(), byte != 0x0A { skip() }
  }

  func skipComment() throws {
    let line = line
    skip()
    skip()
    while let byte = try peek() {
      skip()
      if byte == 0x2A, try peek() == 0x2F {
        skip()
        return
      }
    }
    throw cutOff("a comment", line)
  }

  func cutOff(_ what: String, _ line: Int) -> Refusal {
    refusal(
      "the file ends in the middle of \(what)", line: line, hint: "The dump is cut off: make it again.")
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...: true
    default: false
    }
  }
}
