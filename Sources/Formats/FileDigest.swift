/// Checksums of files.
public enum FileDigest {
  /// The SHA-256 of the file at `path` as 64 small hexadecimal digits, and its size in bytes.
  public static func sha256(_ path: String) throws -> (hex: String, size: Int) {
    try sha256(ByteSource(path: path))
  }

  /// The same for the rest of a source.
  public static func sha256(_ source: ByteSource) throws -> (hex: String, size: Int) {
    let sum = try SHA256()
    try source.forEachChunk { try sum.update($0) }
    return (try sum.hex(), source.position)
  }
}

extension ByteSource {
  /// Gives the rest of the source to `body` in chunks, valid only inside it.
  public func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try read(into: chunk)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }
}
