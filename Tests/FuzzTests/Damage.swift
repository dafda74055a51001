/// Spoils inputs in the ways in which disks, networks and people who mean harm do; the same ways every time.
struct Damage: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Texts that no reader expects: half of a character, marks of other formats, numbers without end.
  private static let odd: [[UInt8]] =
    [
      [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x7F, 0xFF, 0xFF, 0xFF],
      [0xFF, 0xFF],
    ]
    + [
      "\u{FEFF}", "\u{202E}", "\r", "\"", "'", "\\", "[[[[[[[[", "((((((((", "{{{{{{{{", "&a *a", "---\n",
      "../../", "%00",
      "1e999", "-1", "99999999999999999999999999", "\u{301}\u{301}\u{301}\u{301}", "<!--", "]]>", "0x",
      "null",
    ].map { Array($0.utf8) }

  /// `bytes` after one to four accidents; `words` are those of the format, `others` what else may be spliced in.
  mutating func spoiled(_ bytes: [UInt8], words: [String], others: [[UInt8]]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      let start = Int.random(in: 0...bytes.count, using: &self)
      let end = min(bytes.count, start + Int.random(in: 1...40, using: &self))
      switch Int.random(in: 0..<9, using: &self) {
      case 0 where start < end: bytes[start] = UInt8.random(in: .min ... .max, using: &self)
      case 1 where start < end: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 4: bytes.removeSubrange(start...)
      case 5:
        let times = Int.random(in: 2...200, using: &self)
        bytes.insert(contentsOf: repeatElement(bytes[start..<end], count: times).joined(), at: start)
      case 6:
        let other = others.randomElement(using: &self) ?? []
        bytes.replaceSubrange(
          start..<end, with: other.dropFirst(Int.random(in: 0...other.count, using: &self)))
      case 7: bytes.insert(contentsOf: Array((words.randomElement(using: &self) ?? "").utf8), at: start)
      default: bytes.insert(contentsOf: Self.odd.randomElement(using: &self) ?? [], at: start)
      }
    }
    return bytes
  }
}
