import Glibc

/// Whole reads and writes on a descriptor: short ones, interruptions and slow readers are seen to here.
enum DescriptorBytes {
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
      let count = Glibc.write(descriptor, base, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var slow = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&slow, 1, -1)
      case EPIPE: throw OutputClosed()
      default: throw SystemFailure.last("write")
      }
    }
  }

  /// Reads once into `buffer`; 0 at the end.
  static func read(into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var slow = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&slow, 1, -1)
      default: throw SystemFailure.last("read")
      }
    }
  }

  /// All of a file.
  static func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw SystemFailure.last("open \(path)") }
    defer { _ = close(descriptor) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try read(into: $0, from: descriptor) }
      if count == 0 { return result }
      result += chunk[..<count]
    }
  }
}
