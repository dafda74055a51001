import Foundation

/// The machine's failure to do something with a file: a full disk, a missing permission, a broken device.
public struct FileFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was tried: `write`, `rename`.
  public var action: String
  public var path: String
  /// The `errno` of the system.
  public var code: Int32

  public init(_ action: String, _ path: String, _ code: Int32) {
    self.action = action
    self.path = path
    self.code = code
  }

  /// `Cannot write /srv/site.tar: No space left on device`
  public var description: String { "Cannot \(action) \(path): \(String(cString: strerror(code)))" }
}
