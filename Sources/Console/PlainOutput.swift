public import ContentModel
import Glibc

/// A buffered writer to a descriptor, standard output as a rule.
///
/// Nothing is written at its end by itself: call `flush()`, or `close()` for one that owns its file.
public final class PlainOutput: ByteOutput {
  private let descriptor: Int32
  private let owns: Bool
  private let capacity: Int
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// - Parameter capacity: the bytes that wait at most; 0 writes at once.
  public init(descriptor: Int32 = 1, capacity: Int = 65_536) {
    self.descriptor = descriptor
    self.capacity = capacity
    owns = false
    buffer.reserveCapacity(capacity)
  }

  /// Owns `descriptor`: `close()` closes it.
  init(owning descriptor: Int32, capacity: Int = 65_536) {
    self.descriptor = descriptor
    self.capacity = capacity
    owns = true
  }

  deinit {
    if owns, isOpen { _ = Glibc.close(descriptor) }
  }

  /// A file to redirect into, made (0666 less the umask) or emptied, or continued with `appending`.
  /// A path that cannot be written is the user's mistake.
  public static func file(_ path: String, appending: Bool = false) throws(Refusal) -> PlainOutput {
    let mode = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
    let descriptor = open(path, mode, 0o666)
    if descriptor < 0 {
      let reason = String(cString: strerror(errno))
      throw Refusal(.invalid, "\(path) cannot be written: \(reason)")
    }
    return PlainOutput(owning: descriptor)
  }

  public func write(bytes: UnsafeRawBufferPointer) throws {
    if buffer.count + bytes.count > capacity { try flush() }
    if bytes.count >= capacity {
      try DescriptorBytes.write(bytes, to: descriptor)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  public func flush() throws {
    guard !buffer.isEmpty else { return }
    // Emptied first: what could not be sent is not sent twice.
    let waiting = buffer
    buffer.removeAll(keepingCapacity: true)
    try waiting.withUnsafeBytes { try DescriptorBytes.write($0, to: descriptor) }
  }

  /// Flushes, and closes a descriptor of its own.
  public func close() throws {
    defer {
      if owns, isOpen { _ = Glibc.close(descriptor) }
      isOpen = false
    }
    try flush()
  }
}
