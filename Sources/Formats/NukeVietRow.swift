/// One row of a dump: its values as bytes, unescaped, in the order of the columns.
struct NukeVietRow {
  /// The line that it begins on.
  var line = 0
  /// Where each value lies in `bytes`; nil for NULL.
  private(set) var values: [Range<Int>?] = []
  var bytes: [UInt8] = []

  mutating func begin(line: Int) {
    self.line = line
    values.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Ends a value that began at `start` of `bytes`.
  mutating func end(from start: Int, isNull: Bool = false) {
    values.append(isNull ? nil : start..<bytes.count)
  }

  subscript(index: Int?) -> ArraySlice<UInt8>? {
    guard let index, index < values.count, let range = values[index] else { return nil }
    return bytes[range]
  }
}

/// The wanted columns of a row, as they lie in the scratch store between the two passes.
struct NukeVietRecord {
  let line: Int
  private let columns: [String]
  private let values: [String?]

  /// - Parameter packed: what `pack` made of the same columns.
  init(_ packed: [UInt8], columns: [String]) {
    self.columns = columns
    var offset = 0
    func number() -> Int {
      guard offset + 8 <= packed.count else { return -1 }
      defer { offset += 8 }
      return packed[offset..<offset + 8].reduce(0) { $0 << 8 | Int($1) }
    }
    line = number()
    values = columns.map { _ in
      let length = number()
      guard length >= 0, offset + length <= packed.count else { return nil }
      defer { offset += length }
      return String(decoding: packed[offset..<offset + length], as: UTF8.self)
    }
  }

  /// The line and some columns of a row as bytes; `indices` say where the columns stand in it.
  static func pack(_ row: NukeVietRow, _ indices: [Int?]) -> [UInt8] {
    var packed: [UInt8] = []
    func append(_ number: Int) {
      for shift in stride(from: 56, through: 0, by: -8) {
        packed.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    append(row.line)
    for index in indices {
      guard let value = row[index] else {
        append(-1)
        continue
      }
      append(value.count)
      packed.append(contentsOf: value)
    }
    return packed
  }

  /// The text of a column; empty for NULL and for a column that the dump does not have.
  subscript(column: String) -> String {
    guard let index = columns.firstIndex(of: column) else { return "" }
    return values[index] ?? ""
  }

  /// The whole number of a column; 0 where there is none.
  func number(_ column: String) -> Int64 { Int64(self[column]) ?? 0 }
}
