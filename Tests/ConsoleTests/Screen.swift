import Console

/// What a terminal shows: as much of ECMA-48 as readline, less and the console use on an xterm.
struct Screen {
  private(set) var rows: [[String]] = [[]]
  private(set) var row = 0
  private(set) var column = 0
  private var saved = (row: 0, column: 0)
  var columns: Int
  private var sequence: [UInt8]?
  private var pending: [UInt8] = []

  init(columns: Int) { self.columns = columns }

  /// All rows, from the first that ever was, without blanks at their ends.
  var text: String { rows.indices.map(line).joined(separator: "\n") }

  /// The row of the cursor.
  var line: String { line(row) }

  private func line(_ index: Int) -> String {
    var text = rows[index].joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// Forgets the rows above the cursor.
  mutating func dropAbove() {
    rows.removeFirst(row)
    (row, saved.row) = (0, max(0, saved.row - row))
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    if sequence != nil { return continueSequence(byte) }
    switch byte {
    case 0x1B: sequence = []
    case 0x0D: column = 0
    case 0x0A: down()
    case 0x08: column = max(0, min(column, columns - 1) - 1)
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0..<0x20: break
    default:
      pending.append(byte)
      if let text = String(validating: pending, as: UTF8.self) {
        pending = []
        for scalar in text.unicodeScalars { put(scalar) }
      } else if pending.count >= 4 {
        pending = []
      }
    }
  }

  private mutating func down() {
    row += 1
    while rows.count <= row { rows.append([]) }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = DisplayWidth.of(String(scalar))
    if width == 0 {
      // A mark belongs to the cell before it.
      var target = min(column, rows[row].count) - 1
      while target > 0, rows[row][target].isEmpty { target -= 1 }
      if target >= 0 { rows[row][target].unicodeScalars.append(scalar) }
      return
    }
    if column + width > columns {
      column = 0
      down()
    }
    while rows[row].count < column { rows[row].append(" ") }
    let cells = [String(scalar)] + Array(repeating: "", count: width - 1)
    let end = min(rows[row].count, column + width)
    rows[row].replaceSubrange(column..<max(column, end), with: cells)
    column += width
  }

  /// `ESC 7`, `ESC [ 1 ; 2 H`, `ESC [ ? 2004 h`.
  private mutating func continueSequence(_ byte: UInt8) {
    guard var sequence else { return }
    sequence.append(byte)
    self.sequence = sequence
    if sequence.count == 1 {
      switch byte {
      case UInt8(ascii: "7"): saved = (row, column)
      case UInt8(ascii: "8"): (row, column) = saved
      case UInt8(ascii: "["), UInt8(ascii: "("): return
      default: break
      }
      self.sequence = nil
      return
    }
    if sequence[0] == UInt8(ascii: "(") {
      self.sequence = nil
      return
    }
    guard (0x40...0x7E).contains(byte) else { return }
    self.sequence = nil
    let parameters = String(decoding: sequence.dropFirst().dropLast(), as: UTF8.self)
    control(Character(Unicode.Scalar(byte)), parameters.split(separator: ";").map { Int($0) ?? 0 })
  }

  private mutating func control(_ final: Character, _ parameters: [Int]) {
    let first = parameters.first ?? 0
    let count = max(1, first)
    switch final {
    case "A": row = max(0, row - count)
    case "B": for _ in 0..<count { down() }
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, min(column, columns - 1) - count)
    case "G": column = min(columns, count) - 1
    case "K":
      if first == 2 {
        rows[row] = []
      } else if first == 1 {
        for index in 0..<min(column, rows[row].count) { rows[row][index] = " " }
      } else if rows[row].count > column {
        rows[row].removeSubrange(column...)
      }
    case "J":
      if first == 0 {
        if rows[row].count > column { rows[row].removeSubrange(column...) }
        rows.removeSubrange((row + 1)...)
      } else {
        forget()
      }
    case "H": forget()
    case "P":
      let end = min(rows[row].count, column + count)
      if column < end { rows[row].removeSubrange(column..<end) }
    case "@":
      while rows[row].count < column { rows[row].append(" ") }
      rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
    default: break
    }
  }

  /// An empty screen, the cursor at its beginning (where `CSI H` and `CSI 2 J` lead readline).
  private mutating func forget() {
    rows = [[]]
    (row, column) = (0, 0)
  }
}
