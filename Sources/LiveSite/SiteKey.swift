import Formats
import Foundation
import SenKernel
import Web

/// The key that the live site signs its cookies and forms with: 32 random bytes in `site.key` of its folder, for its
/// owner alone, made when they are first needed. It is in no export and no backup.
enum SiteKey {
  static func signer(_ site: Site) throws -> SignedValues {
    let path = "\(site.folder)/site.key"
    if let key = FileManager.default.contents(atPath: path), key.count >= 32 {
      return try SignedValues(key: Array(key))
    }
    var random = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      // Another process may have made it just now.
      if errno == EEXIST, let key = FileManager.default.contents(atPath: path), key.count >= 32 {
        return try SignedValues(key: Array(key))
      }
      throw FileFailure("write", path, errno)
    }
    defer { close(descriptor) }
    guard write(descriptor, key, key.count) == key.count else { throw FileFailure("write", path, errno) }
    return try SignedValues(key: key)
  }
}
