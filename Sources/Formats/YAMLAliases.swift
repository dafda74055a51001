/// A look at YAML before it is parsed, for the one thing that must not reach the parser.
///
/// Aliases are refused after parsing, where the places are known. But a parser hashes keys to find doubled
/// ones, and a key made of aliases of aliases takes exponential time to hash.
enum YAMLAliases {
  /// So few aliases cannot grow much: each multiplies what stands before it by three at the most.
  private static let few = 8

  /// Whether `yaml` seems to have many aliases of anchors before them, and a key that is not a plain scalar.
  /// Text in quotes or blocks can look so, too, but hardly by accident.
  static func areDangerous(in yaml: String) -> Bool {
    let bytes = Array(yaml.utf8)
    var anchors: Set<ArraySlice<UInt8>> = []
    var aliases = 0
    var hasComplexKey = false
    for index in bytes.indices {
      switch bytes[index] {
      case 0x26 where mayBegin(index, in: bytes):
        if let name = name(after: index, in: bytes) { anchors.insert(name) }
      case 0x2A where mayBegin(index, in: bytes):
        guard let name = name(after: index, in: bytes), anchors.contains(name) else { continue }
        aliases += 1
        if isBeforeColon(name.endIndex, in: bytes) { hasComplexKey = true }
      case 0x3F:
        if index + 1 == bytes.count || bytes[index + 1] <= 0x20 { hasComplexKey = true }
      case 0x5D, 0x7D:
        if isBeforeColon(index + 1, in: bytes) { hasComplexKey = true }
      default: continue
      }
    }
    return aliases > few && hasComplexKey
  }

  /// The name after `&` or `*`: letters, digits, `_` and `-`.
  private static func name(after index: Int, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    let name = bytes[(index + 1)...].prefix { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
    }
    return name.isEmpty ? nil : name
  }

  /// Whether a value may begin at `index`: after a blank, a line end or a mark of YAML.
  private static func mayBegin(_ index: Int, in bytes: [UInt8]) -> Bool {
    guard index > 0 else { return true }
    return bytes[index - 1] <= 0x20 || "[{,:".utf8.contains(bytes[index - 1])
  }

  private static func isBeforeColon(_ index: Int, in bytes: [UInt8]) -> Bool {
    bytes[index...].first { $0 != 0x20 && $0 != 0x09 } == 0x3A
  }
}
