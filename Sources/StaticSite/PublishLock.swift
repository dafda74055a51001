import Foundation
import SenKernel

/// Keeps others from publishing to the same place; a lock of the system's, which goes with its process, however that ends.
final class PublishLock {
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: of the file that is locked; made where it is missing.
  ///   - place: what is published to, for people.
  /// - Throws: `Refusal` where somebody else has it.
  init(_ path: String, of place: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileFailure("write", path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Refusal(.conflict, "Somebody else is publishing to \(place)", hint: "Wait until it is done.")
    }
  }

  deinit { close(descriptor) }
}
