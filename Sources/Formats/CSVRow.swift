import ContentModel

/// One row of CSV taken apart.
enum CSVRow {
  /// The cells of `row` (with or without its line end), and how many line ends it holds.
  static func cells(
    _ row: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, line first: Int, name: String
  ) throws(Refusal) -> (cells: [FieldValue], lines: Int) {
    func refusal(_ line: Int, _ problem: String, _ hint: String? = nil) -> Refusal {
      Refusal(.invalid, "\(name), line \(line): \(problem)", hint: hint)
    }
    func checked(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int) throws(Refusal) -> FieldValue {
      if Bytes.first(0, in: bytes) != nil { throw refusal(line, "a cell holds a NUL byte") }
      if Bytes.invalidUTF8(in: bytes) != nil {
        throw refusal(line, "a cell is not valid UTF-8", "Convert the file to UTF-8 first.")
      }
      return .text(String(decoding: bytes, as: UTF8.self))
    }
    var cells: [FieldValue] = []
    var index = 0
    var line = first
    while true {
      let opening = line
      if index < row.count, row[index] == 0x22 {
        var text: [UInt8] = []
        index += 1
        while true {
          guard let quote = Bytes.first(0x22, in: row, from: index) else {
            throw refusal(opening, "the quote that opens on this line is never closed")
          }
          let part = UnsafeBufferPointer(rebasing: row[index..<quote])
          line += part.count { $0 == 0x0A }
          index = quote + 1
          let isDoubled = index < row.count && row[index] == 0x22
          if !isDoubled, text.isEmpty {
            cells.append(try checked(part, opening))
            break
          }
          text.append(contentsOf: part)
          if !isDoubled {
            let result = text.withUnsafeBufferPointer { bytes in
              Result { () throws(Refusal) in try checked(bytes, opening) }
            }
            cells.append(try result.get())
            break
          }
          text.append(0x22)
          index += 1
        }
      } else {
        let start = index
        while index < row.count, row[index] != delimiter, row[index] != 0x0A, row[index] != 0x0D {
          if row[index] == 0x22 {
            throw refusal(
              line, "a quote stands inside a cell that does not begin with one",
              "Put the whole cell in quotes and double those inside it.")
          }
          index += 1
        }
        let isEmpty = index == start
        cells.append(isEmpty ? .null : try checked(UnsafeBufferPointer(rebasing: row[start..<index]), line))
      }
      guard index < row.count else { return (cells, line - first) }
      switch row[index] {
      case delimiter: index += 1
      case 0x0A where index + 1 == row.count: return (cells, line - first + 1)
      case 0x0D where index + 2 == row.count && row[index + 1] == 0x0A: return (cells, line - first + 1)
      case 0x0D: throw refusal(line, "a carriage return stands alone", "End lines with LF or CRLF.")
      default: throw refusal(line, "text follows the closing quote of a cell", "Double quotes inside a cell.")
      }
    }
  }
}
