/// Where results go: standard output, a pager, a shell command or a file.
public protocol ByteOutput: AnyObject {
  /// Takes bytes; they may wait in a buffer. Throws `OutputClosed` where nobody reads any more,
  /// `SystemFailure` for anything else.
  func write(bytes: UnsafeRawBufferPointer) throws
  /// Sends on what waits.
  func flush() throws
}

extension ByteOutput {
  public func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(bytes: UnsafeRawBufferPointer($0)) }
  }

  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write(bytes: $0) }
  }
}
