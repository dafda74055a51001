import Foundation
import Glibc
import Web

/// An open file of a site, found without following a symbolic link.
final class FileSource: Sendable {
  let size: Int
  let modified: Date
  let tag: EntityTag
  private let descriptor: Int32

  /// - Throws: 404 for what is not there, is no plain file, or lies behind a link.
  init(_ file: WebFile) throws(WebProblem) {
    let parts = file.name.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
    else { throw .notFound() }
    var folder = open(file.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .notFound() }
    defer { close(folder) }
    for part in parts.dropLast() {
      let next = openat(folder, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { throw .notFound() }
      close(folder)
      folder = next
    }
    // Nothing waits for the other end of a pipe that somebody put there.
    let found = openat(folder, String(parts[parts.count - 1]), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard found >= 0 else { throw .notFound() }
    var status = stat()
    guard fstat(found, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(found)
      throw .notFound()
    }
    descriptor = found
    size = Int(status.st_size)
    modified = Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
    tag = EntityTag("\(status.st_mtim.tv_sec)-\(status.st_mtim.tv_nsec)-\(status.st_ino)-\(status.st_size)")
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from a place on; fewer only at the end of the file.
  /// - Throws: `POSIXError` if the file cannot be read, or has become shorter than it was.
  func read(at place: Int, _ count: Int) throws -> [UInt8] {
    var length = 0
    let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while length < count {
        let read = pread(
          descriptor, buffer.baseAddress?.advanced(by: length), count - length, off_t(place + length))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { throw POSIXError(read == 0 ? .EIO : POSIXErrorCode(rawValue: errno) ?? .EIO) }
        length += read
      }
      filled = length
    }
    return bytes
  }
}
