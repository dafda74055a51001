import ContentModel

/// Writes a tar archive (ustar, with pax records for long paths and sizes), the same bytes for the same
/// content: `begin`, `append` as often as needed, `end`, for each file; then `finish`.
public struct TarWriter {
  private let sink: any ByteSink
  private var paths = ArchivePaths()
  /// The file being written: its path, its size, and how many bytes of it are still to come.
  private var current: (path: String, size: Int, rest: Int)?

  public init(_ sink: any ByteSink) { self.sink = sink }

  /// Begins a file of exactly `size` bytes. Refuses a path that is not plain or was there before.
  public mutating func begin(_ path: String, size: Int) throws {
    if let current { throw SizeMismatch(path: current.path, expected: current.size) }
    try paths.insert(path)
    try sink.write(TarHeader.blocks(path: path, size: size))
    current = (path, size, size)
  }

  /// Writes the next bytes of the file.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let file = current, bytes.count <= file.rest else {
      throw SizeMismatch(path: current?.path ?? "", expected: current?.size ?? 0)
    }
    try sink.write(bytes)
    current?.rest -= bytes.count
  }

  /// Writes the next bytes of the file.
  public mutating func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try append($0) }
  }

  /// Ends the file; throws when it was not as long as it said.
  public mutating func end() throws {
    guard let file = current, file.rest == 0 else {
      throw SizeMismatch(path: current?.path ?? "", expected: current?.size ?? 0)
    }
    try sink.write([UInt8](repeating: 0, count: TarHeader.padding(file.size)))
    current = nil
  }

  /// Ends the archive, and finishes the sink below.
  public mutating func finish() throws {
    if let current { throw SizeMismatch(path: current.path, expected: current.size) }
    try sink.write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
    try sink.finish()
  }

  /// A file did not have the size that was announced; it changed meanwhile, or the caller miscounted.
  public struct SizeMismatch: Error, Sendable, CustomStringConvertible {
    public var path: String
    /// The announced size in bytes.
    public var expected: Int
    public var description: String { "\(path) does not have the \(expected) bytes that were announced" }
  }
}
