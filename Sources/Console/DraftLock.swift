import Formats
import Glibc

/// Says that somebody works on a draft, as long as it lives; a process that ends, however it does, has let go.
///
/// Held on a file beside the draft, `.article-12.md.open`, for editors put a new file in the place of the one that
/// they were given.
final class DraftLock {
  private let path: String
  private let descriptor: Int32

  private init(_ path: String, _ descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }

  /// The lock of the draft at `path`; nil if another has it.
  static func take(_ path: String) throws(FileFailure) -> DraftLock? {
    let folder = StateFolder.parent(of: path)
    let name = path.split(separator: "/").last ?? ""
    let beside = "\(folder)/.\(name).open"
    while true {
      let descriptor = open(beside, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw FileFailure("open", beside, errno) }
      // Where files cannot be locked at all, one has to do without.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(descriptor)
        return nil
      }
      // The one before may have taken the file away between the two calls.
      var (held, there) = (stat(), stat())
      if fstat(descriptor, &held) == 0, stat(beside, &there) == 0, held.st_ino == there.st_ino {
        return DraftLock(beside, descriptor)
      }
      close(descriptor)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
