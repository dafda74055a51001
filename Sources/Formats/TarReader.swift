import ContentModel

/// Reads a tar archive from its beginning to its end: `next`, then `read` until it gives nothing.
///
/// Read are plain files of ustar, pax and GNU archives; folders are passed over, `./` before a path is
/// dropped. Refused: a wrong checksum, an archive that ends early, paths that are not plain or come twice,
/// links, devices, and anything after the end.
public struct TarReader {
  /// A file of the archive.
  public struct Entry: Sendable, Hashable {
    public var path: String
    /// In bytes.
    public var size: Int
  }

  private let source: ByteSource
  private var paths = ArchivePaths()
  private var current: Entry?
  /// Bytes of the current file still to come, and the zeros that fill its last block.
  private var rest = 0
  private var padding = 0
  private var isAtEnd = false

  public init(_ source: ByteSource) { self.source = source }

  /// How far reading has come, in bytes.
  public var progress: (done: Int, total: Int?) { (source.position, source.size) }

  /// The next file, its predecessor passed over where it was not read; nil at the end of the archive.
  public mutating func next() throws -> Entry? {
    try skip()
    current = nil
    var longPath: [UInt8]?
    var longSize: Int?
    while !isAtEnd {
      guard let header = try header() else {
        guard longPath == nil, longSize == nil else { throw ended() }
        try readEnd()
        return nil
      }
      switch header.kind {
      case 0x30, 0x37, 0x35:
        let size = longSize ?? header.size
        guard let path = String(validating: longPath ?? header.path, as: UTF8.self) else {
          throw refusal("the archive names a file in something else than UTF-8")
        }
        if header.kind == 0x35 {
          (longPath, longSize) = (nil, nil)
          continue
        }
        let entry = Entry(path: TarReader.withoutDot(path), size: size)
        do throws(Refusal) { try paths.insert(entry.path) } catch { throw error.at(source.name) }
        current = entry
        rest = size
        padding = TarHeader.padding(size)
        return entry
      case 0x78:
        let records = try records(try metadata(header))
        if records.keys.contains(where: { $0.utf8.starts(with: "GNU.sparse".utf8) }) {
          throw refusal("the archive holds a sparse file, which is not read here")
        }
        if let path = records["path"] { longPath = path }
        if let size = records["size"] {
          guard size.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: size, as: UTF8.self))
          else {
            throw refusal("the archive is damaged: a size cannot be read")
          }
          longSize = number
        }
      case 0x67:
        // Such records hold for all files that follow. Comments and times are harmless; a path would not be.
        let names = try records(try metadata(header)).keys
        if let name = names.first(where: { ["path", "size", "linkpath", "hdrcharset"].contains($0) }) {
          throw refusal("the archive sets the \(name) of all its files at once, which is not read here")
        }
      case 0x4C: longPath = Array(try metadata(header).prefix { $0 != 0 })
      default:
        let path = String(reflecting: String(decoding: longPath ?? header.path, as: UTF8.self))
        throw refusal("\(path) in the archive is a link, a device or of an unknown kind, not a plain file")
      }
    }
    return nil
  }

  /// Up to `maximum` bytes of the current file; empty at its end.
  public mutating func read(maximum: Int = 262_144) throws -> [UInt8] {
    guard rest > 0 else { return [] }
    let bytes = try source.read(maximum: min(maximum, rest))
    if bytes.isEmpty { throw ended() }
    rest -= bytes.count
    return bytes
  }

  private mutating func skip() throws {
    while rest > 0 { _ = try read() }
    if padding > 0 { _ = try exactly(padding) }
    padding = 0
  }

  /// So many zeros may follow the end, with which writers fill up a record of a tape; those are of a megabyte at most.
  static let mostFilling = 64 << 20

  private mutating func readEnd() throws {
    guard try block().allSatisfy({ $0 == 0 }) else { throw refusal("the archive is damaged at its end") }
    isAtEnd = true
    var length = 0
    try source.forEachChunk { chunk in
      length += chunk.count
      guard length <= Self.mostFilling, chunk.allSatisfy({ $0 == 0 }) else {
        throw refusal("something follows the end of the archive")
      }
    }
  }

  private func header() throws -> TarHeader? {
    let block = try block()
    do throws(Refusal) { return try TarHeader(block) } catch { throw error.at(source.name) }
  }

  private func block() throws -> [UInt8] { try exactly(TarHeader.blockSize) }

  private func exactly(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if try source.append(to: &bytes, maximum: count - bytes.count) == 0 { throw ended() }
    }
    return bytes
  }

  /// The content of a header that only describes the next one.
  private func metadata(_ header: TarHeader) throws -> [UInt8] {
    guard header.size <= 65_536 else { throw refusal("the archive is damaged: a header is too long") }
    let bytes = try exactly(header.size)
    _ = try exactly(TarHeader.padding(header.size))
    return bytes
  }

  /// The pax records of `bytes`: `27 path=content/article.ndjson\n`.
  private func records(_ bytes: [UInt8]) throws(Refusal) -> [String: [UInt8]] {
    var records: [String: [UInt8]] = [:]
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: 0x20),
        let count = Int(String(decoding: rest[..<space], as: UTF8.self)), count > space - rest.startIndex,
        count <= rest.count, rest[rest.startIndex + count - 1] == 0x0A,
        let equals = rest[..<(rest.startIndex + count)].firstIndex(of: 0x3D), equals > space
      else { throw refusal("the archive is damaged: a pax record cannot be read") }
      let end = rest.startIndex + count
      records[String(decoding: rest[(space + 1)..<equals], as: UTF8.self)] = Array(
        rest[(equals + 1)..<(end - 1)])
      rest = rest[end...]
    }
    return records
  }

  private func ended() -> Refusal {
    let place = current.map { "inside \($0.path)" } ?? "before its end mark"
    return refusal("the archive ends \(place)", hint: "It is not complete; fetch or make it anew.")
  }

  private func refusal(_ problem: String, hint: String? = nil) -> Refusal {
    Refusal(.invalid, "\(source.name): \(problem)", hint: hint)
  }

  private static func withoutDot(_ path: String) -> String {
    path.utf8.starts(with: "./".utf8) ? String(Substring(path.utf8.dropFirst(2))) : path
  }
}
