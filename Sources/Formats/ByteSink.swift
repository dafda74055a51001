import Foundation

/// Where bytes go: a file (`AtomicFile`), an open descriptor, memory.
public protocol ByteSink: AnyObject {
  /// Takes all of `bytes`, or throws `FileFailure`.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure)
  /// Says that everything is written; a file then takes its place.
  func finish() throws(FileFailure)
}

extension ByteSink {
  /// Takes all of `bytes`, or throws `FileFailure`.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FileFailure) in try write(raw) }
    }
    try result.get()
  }
}

/// Bytes kept in memory.
public final class MemorySink: ByteSink {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public func write(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }

  public func finish() {}

  /// What was written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Bytes that nobody keeps: of what is only tried.
public final class DiscardingSink: ByteSink {
  public init() {}

  public func write(_ bytes: UnsafeRawBufferPointer) {}

  public func finish() {}
}

/// Bytes to an open descriptor, such as standard output, which stays open.
///
/// A reader that has gone away is a `FileFailure` with code `EPIPE`.
public final class DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let name: String

  public init(descriptor: Int32 = 1, name: String = "standard output") {
    self.descriptor = descriptor
    self.name = name
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    try DescriptorSink.write(bytes, to: descriptor, name: name)
  }

  public func finish() {}

  /// Writes all of `bytes`, however the descriptor takes them; `name` is told where it fails.
  public static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String
  ) throws(FileFailure) {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
      let count = Foundation.write(descriptor, base, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        // A terminal that someone else made non-blocking, and that is slow.
        var slow = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&slow, 1, -1)
      } else if errno == EAGAIN {
        // Another program that shares the terminal or pipe has made it non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw FileFailure("write", name, errno)
      }
    }
  }
}
