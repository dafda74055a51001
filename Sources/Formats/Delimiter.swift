/// What stands between the cells of a line of CSV.
public enum Delimiter: UInt8, Sendable, CaseIterable {
  case comma = 0x2C
  case tab = 0x09
  case semicolon = 0x3B

  /// The delimiter that a header line shows: a comma where there is one outside quotes, else a tab, else a
  /// semicolon (as spreadsheets write where the comma is the decimal sign), else a comma.
  static func sniffed(from header: UnsafeBufferPointer<UInt8>) -> Delimiter {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in header {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    return [.comma, .tab, .semicolon].first { found.contains($0.rawValue) } ?? .comma
  }
}
