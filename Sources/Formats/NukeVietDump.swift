import ContentModel

/// Reads a dump of MySQL as NukeViet, mysqldump and phpMyAdmin write it, a row at a time.
///
/// Understands `CREATE TABLE` (for the columns) and `INSERT`/`REPLACE … VALUES`, with or without a list of
/// columns; passes over everything else. Memory: one row, at most `limit` bytes.
struct NukeVietDump {
  /// What to do with the rows of an `INSERT`.
  enum Use { case skip, count, read }

  let bytes: NukeVietBytes
  let limit: Int
  private var columns: [String: [String]] = [:]
  private var row = NukeVietRow()

  init(_ source: ByteSource, limit: Int = 64 << 20) {
    bytes = NukeVietBytes(source)
    self.limit = limit
  }

  /// Reads all of it.
  /// - Parameters:
  ///   - use: asked for each `CREATE TABLE` and `INSERT`; columns are nil where the dump does not say.
  ///   - row: given each row to `read`, or nil for one to `count`, with its table.
  mutating func read(
    use: (_ table: String, _ columns: [String]?) throws -> Use,
    row: (_ table: String, _ columns: [String], _ row: NukeVietRow?) throws -> Void
  ) throws {
    while try bytes.skipSpace() {
      let byte = try bytes.peek() ?? 0
      if byte == 0x3B {
        bytes.skip()
      } else if byte == 0x28 {
        try skipStatement()
      } else {
        let word = try bytes.word()
        switch word {
        case "CREATE":
          if let table = try create() { _ = try use(table, columns[table]) }
          try skipStatement()
        case "INSERT", "REPLACE": try insert(use: use, row: row)
        case "DELIMITER": try skipRoutines()
        case "": throw bytes.refusal("\(Bytes.shown(byte)) begins no statement", hint: "Is it an SQL dump?")
        default: try skipStatement()
        }
      }
    }
  }

  // MARK: Statements

  /// Reads `CREATE TABLE` up to the end of its columns; nil for a `CREATE` of something else.
  private mutating func create() throws -> String? {
    var word = try bytes.word()
    if word == "TEMPORARY" { word = try bytes.word() }
    guard word == "TABLE" else { return nil }
    let table = try bytes.name(after: ["IF", "NOT", "EXISTS"])
    guard try bytes.next() == 0x28 else { return nil }
    bytes.skip()
    let keys: Set = [
      "PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL", "CONSTRAINT", "FOREIGN", "CHECK",
    ]
    var found: [String] = []
    repeat {
      let isQuoted = try [0x60, 0x22].contains(bytes.next())
      let column = try bytes.name()
      if isQuoted || !keys.contains(column.uppercased()) { found.append(column.lowercased()) }
      guard found.count <= 4096 else { throw bytes.refusal("table \(table) has too many columns") }
    } while try skipDefinition()
    columns[table] = found
    return table
  }

  private mutating func insert(
    use: (String, [String]?) throws -> Use, row give: (String, [String], NukeVietRow?) throws -> Void
  ) throws {
    let table = try bytes.name(after: ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"])
    var columns = self.columns[table]
    if try bytes.next() == 0x28 {
      columns = try bytes.list()
    }
    let use = try use(table, columns)
    let word = try bytes.word()
    guard use != .skip else { return try skipStatement() }
    guard word == "VALUES" || word == "VALUE" else {
      throw bytes.refusal("INSERT INTO \(table) without VALUES", hint: "Dump it with mysqldump or NukeViet.")
    }
    while try bytes.next() == 0x28 {
      if use == .count {
        try skipStatement(isTuple: true)
        try give(table, columns ?? [], nil)
      } else {
        try tuple(table)
        guard let columns, row.values.count == columns.count else {
          throw bytes.refusal(
            "a row of \(table) has \(row.values.count) values for \(columns?.count ?? 0) columns",
            line: row.line)
        }
        try give(table, columns, row)
      }
      guard try bytes.next() == 0x2C else { break }
      bytes.skip()
    }
    try skipStatement()
  }

  /// Passes over `DELIMITER ;; … DELIMITER ;`: triggers and procedures.
  private mutating func skipRoutines() throws {
    let line = bytes.line
    var text: [UInt8] = []
    var isFirst = true
    while true {
      let byte = try bytes.peek()
      if byte == 0x0A || byte == nil {
        let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        if isFirst ? words == [";"] : words.count == 2 && words[0] == "DELIMITER" && words[1] == ";" {
          return
        }
        guard byte != nil else { throw bytes.cutOff("DELIMITER", line) }
        isFirst = false
        text.removeAll(keepingCapacity: true)
      } else if let byte, text.count < 64 {
        text.append(byte)
      }
      bytes.skip()
    }
  }

  /// Passes over what is left of a statement and its `;`, or over a tuple in parentheses.
  private func skipStatement(isTuple: Bool = false) throws {
    let line = bytes.line
    var depth = 0
    while try bytes.skipSpace(), let byte = try bytes.peek() {
      switch byte {
      case 0x27, 0x22, 0x60: try bytes.quoted { _ in }
      default:
        bytes.skip()
        if byte == 0x3B, !isTuple { return }
        if byte == 0x28 { depth += 1 }
        if byte == 0x29 { depth -= 1 }
        if isTuple, depth == 0 { return }
      }
    }
    throw bytes.cutOff("a statement", line)
  }

  /// Passes over what follows a column's name; false at the end of the columns.
  private func skipDefinition() throws -> Bool {
    let line = bytes.line
    var depth = 0
    while try bytes.skipSpace(), let byte = try bytes.peek() {
      switch byte {
      case 0x27, 0x22, 0x60: try bytes.quoted { _ in }
      default:
        bytes.skip()
        if depth == 0, byte == 0x2C || byte == 0x29 { return byte == 0x2C }
        if byte == 0x28 { depth += 1 }
        if byte == 0x29 { depth -= 1 }
      }
    }
    throw bytes.cutOff("CREATE TABLE", line)
  }

  // MARK: Rows

  /// Reads `(1, 'a\'b', NULL, 0x6162)` into `row`.
  private mutating func tuple(_ table: String) throws {
    row.begin(line: bytes.line)
    repeat {
      bytes.skip()
      let start = row.bytes.count
      row.end(from: start, isNull: try value(table))
    } while try bytes.next() == 0x2C
    guard try bytes.next() == 0x29 else {
      throw bytes.refusal("a row of \(table) has no end", line: row.line)
    }
    bytes.skip()
  }

  /// Appends one value to `row`; true for NULL.
  private mutating func value(_ table: String) throws -> Bool {
    let byte = try bytes.next()
    switch byte {
    case 0x27, 0x22: try text()
    case 0x2B, 0x2D, 0x2E, 0x30...0x39:
      if byte == 0x2B { bytes.skip() }
      let start = row.bytes.count
      while let byte = try bytes.peek(), NukeVietBytes.isWord(byte) || [0x2B, 0x2D, 0x2E].contains(byte) {
        row.bytes.append(byte)
        bytes.skip()
        try checkSize()
      }
      if row.bytes[start...].starts(with: [0x30, 0x78]) { try unhex(from: start, skipping: 2) }
    default:
      let word = try bytes.word()
      switch word {
      case "NULL": return true
      case "TRUE": row.bytes.append(0x31)
      case "FALSE": row.bytes.append(0x30)
      case "X" where try bytes.peek() == 0x27:
        let start = row.bytes.count
        try text()
        try unhex(from: start, skipping: 0)
      // A character set before a string: _utf8mb4'…', N'…'.
      case _ where try (word == "N" || word.hasPrefix("_")) && [0x27, 0x22].contains(bytes.next()):
        try text()
      default:
        throw bytes.refusal("“\(word.isEmpty ? Bytes.shown(byte) : word)” is no value in a row of \(table)")
      }
    }
    return false
  }

  private mutating func text() throws {
    let limit = limit
    let line = row.line
    try bytes.quoted { part in
      row.bytes.append(contentsOf: part)
      guard row.bytes.count <= limit else { throw tooLong(line) }
    }
  }

  private func checkSize() throws {
    guard row.bytes.count <= limit else { throw tooLong(row.line) }
  }

  private func tooLong(_ line: Int) -> Refusal {
    bytes.refusal("a row has more than \(limit >> 20) MB", line: line, hint: "The dump is damaged.")
  }

  private mutating func unhex(from start: Int, skipping prefix: Int) throws {
    let digits = row.bytes[(start + prefix)...].compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == row.bytes.count - start - prefix, digits.count % 2 == 0 else {
      throw bytes.refusal("a damaged hexadecimal value")
    }
    row.bytes.removeSubrange(start...)
    for index in stride(from: 0, to: digits.count, by: 2) {
      row.bytes.append(UInt8(digits[index] << 4 | digits[index + 1]))
    }
  }
}
