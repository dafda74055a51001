import ContentModel

/// The 512 bytes before each file of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format").
struct TarHeader {
  static let blockSize = 512
  /// The largest size that eleven octal digits hold: 8 GiB less one byte.
  static let octalLimit = 0o77777777777

  var path: [UInt8]
  var size: Int
  /// `0` a file, `5` a folder, `x` pax records for the next file, `g` for all, `L` a long name of GNU tar.
  var kind: UInt8

  /// The blocks of a file's header; with pax records before it where the path or the size is too long.
  /// All that is not content is fixed: mode 0644, owner 0, date 0.
  static func blocks(path: String, size: Int) -> [UInt8] {
    let bytes = Array(path.utf8)
    var records: [UInt8] = []
    let (prefix, name) = split(bytes) ?? ([], Array(bytes.prefix(100)))
    if split(bytes) == nil { records += record("path", bytes) }
    if size > octalLimit { records += record("size", Array(String(size).utf8)) }
    var result: [UInt8] = []
    if !records.isEmpty {
      result += block(prefix: [], name: Array("PaxHeader".utf8), size: records.count, kind: 0x78)
      result += records
      result += [UInt8](repeating: 0, count: padding(records.count))
    }
    return result + block(prefix: prefix, name: name, size: size > octalLimit ? 0 : size, kind: 0x30)
  }

  /// How many zero bytes fill up the last block of `size` bytes.
  static func padding(_ size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

  /// Reads a header block; nil for a block of zeros, which ends the archive.
  init?(_ block: [UInt8]) throws(Refusal) {
    if block.allSatisfy({ $0 == 0 }) { return nil }
    let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
    let isGNU = block[257..<265].elementsEqual("ustar  \0".utf8)
    let stated = try TarHeader.number(block[148..<156], "checksum")
    guard stated == TarHeader.sum(block), isPOSIX || isGNU else {
      throw Refusal(.invalid, "the archive is damaged, or no tar archive", hint: "Fetch or make it anew.")
    }
    path = Array(block[0..<100].prefix { $0 != 0 })
    let prefix = block[345..<500].prefix { $0 != 0 }
    if isPOSIX, !prefix.isEmpty { path = prefix + [0x2F] + path }
    size = try TarHeader.number(block[124..<136], "size")
    kind = block[156] == 0 ? 0x30 : block[156]
  }

  private static func block(prefix: [UInt8], name: [UInt8], size: Int, kind: UInt8) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: blockSize)
    func put(_ bytes: some Collection<UInt8>, _ offset: Int) {
      block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    func octal(_ number: Int, _ digits: Int) -> [UInt8] {
      let text = String(number, radix: 8)
      return Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
    }
    put(name, 0)
    put(octal(0o644, 7), 100)
    put(octal(0, 7), 108)
    put(octal(0, 7), 116)
    put(octal(size, 11), 124)
    put(octal(0, 11), 136)
    block[156] = kind
    put(Array("ustar\u{0}00".utf8), 257)
    put(octal(0, 7), 329)
    put(octal(0, 7), 337)
    put(prefix, 345)
    put(octal(sum(block), 6) + [0, 0x20], 148)
    return block
  }

  /// The path in the two fields that hold 155 and 100 bytes, cut at a slash; nil where it does not fit.
  private static func split(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
    if path.count <= 100 { return ([], path) }
    for index in path.indices where path[index] == 0x2F {
      let rest = path.count - index - 1
      if index <= 155, rest <= 100, rest > 0, index > 0 {
        return (Array(path[..<index]), Array(path[(index + 1)...]))
      }
    }
    return nil
  }

  /// `27 path=content/article.ndjson\n`, where the number counts the whole record, itself included.
  private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [0x0A]
    var count = rest.count + 1
    while String(count).utf8.count + rest.count != count { count = String(count).utf8.count + rest.count }
    return Array(String(count).utf8) + rest
  }

  /// The sum of all bytes, those of the checksum itself counted as spaces.
  private static func sum(_ block: [UInt8]) -> Int {
    var sum = 8 * 0x20
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) { sum += Int(byte) }
    return sum
  }

  /// A number in octal digits, or in binary where the first bit is set (GNU tar, for large files).
  private static func number(_ field: ArraySlice<UInt8>, _ name: String) throws(Refusal) -> Int {
    let refusal = Refusal(.invalid, "the archive is damaged: a header's \(name) cannot be read")
    var value = 0
    if let first = field.first, first & 0x80 != 0 {
      guard first == 0x80 else { throw refusal }
      for byte in field.dropFirst() {
        guard value <= Int.max >> 9 else { throw refusal }
        value = value << 8 | Int(byte)
      }
      return value
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    for byte in digits {
      guard byte >= 0x30, byte <= 0x37 else { throw refusal }
      value = value << 3 | Int(byte - 0x30)
    }
    return value
  }
}
