import Formats
import Glibc

/// Whole files for the user alone (0600).
enum PrivateFile {
  /// Puts `text` at `path` at once: what was there is there until the new file is whole and on the disk.
  static func replace(_ path: String, with text: String) throws {
    let temporary = "\(path).\(getpid())"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure("write", temporary, errno) }
    defer { close(descriptor) }
    do {
      try write(text, to: descriptor, path)
      guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
        throw FileFailure("write", path, errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes all of `text`; `path` is told where it fails.
  static func write(_ text: String, to descriptor: Int32, _ path: String) throws {
    try Array(text.utf8).withUnsafeBytes { try DescriptorSink.write($0, to: descriptor, name: path) }
  }

  /// All bytes of an open file from its beginning.
  static func read(_ descriptor: Int32, _ path: String) throws(FileFailure) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(result.count))
      if count == 0 { return result }
      if count > 0 {
        result += chunk[..<count]
      } else if errno != EINTR {
        throw FileFailure("read", path, errno)
      }
    }
  }
}
