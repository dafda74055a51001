import Formats
import Foundation
import SenKernel
import Web

/// The key that the live site signs its cookies and forms with: 32 random bytes in `site.key` of its folder, for its
/// owner alone, made when they are first needed. It is in no export and no backup.
enum SiteKey {
  static func signer(_ site: Site) throws -> SignedValues {
    let path = "\(site.folder)/site.key"
    if let key = FileManager.default.contents(atPath: path), key.count >= length {
      return try SignedValues(key: Array(key))
    }
    try place(at: path)
    // Another process may have made it just now.
    guard let key = FileManager.default.contents(atPath: path), key.count >= length else {
      throw FileFailure("read", path, EIO)
    }
    return try SignedValues(key: Array(key))
  }

  private static let length = 32

  /// Makes the file, whole or not at all. One that is too short, as a full disk has left it, gives way.
  private static func place(at path: String) throws {
    var random = SystemRandomNumberGenerator()
    let key = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    var status = stat()
    if lstat(path, &status) == 0, status.st_size < length { unlink(path) }
    let file = try AtomicFile(path: path, mode: 0o600)
    try key.withUnsafeBytes { try file.write($0) }
    // Whoever was first has given it to all.
    try file.finishIfFirst()
  }
}
