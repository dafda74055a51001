import CDigest
public import ContentModel
import Foundation

/// A folder that appears under its name only when it is complete and on the disk.
///
/// It is built at `building`, beside its final place. `finish` puts it there in one step; an earlier one is
/// swapped out and removed.
public final class AtomicFolder {
  public let path: String
  /// Where to write the files before `finish`.
  public let building: String
  private let mayReplace: (String) throws -> Refusal?
  /// How failures name it.
  private let name: String
  private var isOpen = true

  /// Begins a folder. An existing folder that is not empty is replaced only when `mayReplace` gives no
  /// refusal for it, asked now and again at the end. Refused where `path` is a file.
  /// - Parameter name: how failures name it, where `path` would tell nobody anything; its path unless told otherwise.
  public init(path: String, name: String? = nil, mayReplace: @escaping (String) throws -> Refusal?) throws {
    self.path = path
    self.name = name ?? path
    self.mayReplace = mayReplace
    TemporaryName.sweep(beside: path)
    building = TemporaryName.beside(path)
    _ = try AtomicFolder.check(path, mayReplace)
    guard mkdir(building, 0o777) == 0 else {
      isOpen = false
      throw FileFailure("write", self.name, errno)
    }
  }

  /// Gives the folder its name, and the permissions of the one it replaces.
  public func finish() throws {
    guard isOpen else { throw FileFailure("write", path, EBADF) }
    let isReplacing = try AtomicFolder.check(path, mayReplace)
    var status = stat()
    if isReplacing, stat(path, &status) == 0, chmod(building, status.st_mode & 0o777) != 0 {
      throw FileFailure("write", path, errno)
    }
    try Folder.syncAll(building)
    if !isReplacing {
      guard rename(building, path) == 0 else {
        let code = errno
        // One that came to be since it was looked for is met as any that was there before.
        guard code == EEXIST || code == ENOTEMPTY else { throw FileFailure("write", path, code) }
        return try finish()
      }
      isOpen = false
    } else if sen_exchange(building, path) == 0 {
      isOpen = false
      try Folder.remove(building)
    } else if errno == EINVAL || errno == ENOSYS {
      try replaceInSteps()
    } else {
      throw FileFailure("write", path, errno)
    }
    try Folder.sync(Folder.parent(of: path))
  }

  /// Gives up: nothing of it stays.
  public func cancel() throws {
    guard isOpen else { return }
    isOpen = false
    try Folder.remove(building)
  }

  deinit {
    // A folder that is in the way of nobody; its name says what it is.
    if isOpen { _ = Result { try Folder.remove(building) } }
  }

  /// For file systems that cannot swap: the old one steps aside, and back should the new one not take its
  /// place.
  private func replaceInSteps() throws {
    let old = TemporaryName.beside(path)
    guard rename(path, old) == 0 else { throw FileFailure("write", path, errno) }
    guard rename(building, path) == 0 else {
      let code = errno
      guard rename(old, path) == 0 else { throw FileFailure("move \(old) back to", path, errno) }
      throw FileFailure("write", path, code)
    }
    isOpen = false
    try Folder.remove(old)
  }

  /// Whether there is a folder to be replaced; refuses one that must not be.
  private static func check(_ path: String, _ mayReplace: (String) throws -> Refusal?) throws -> Bool {
    guard let kind = Folder.kind(path) else { return false }
    guard kind == S_IFDIR else {
      throw Refusal(.conflict, "\(path) is not a folder", hint: "Name another place.")
    }
    if try !Folder.entries(path).isEmpty, let refusal = try mayReplace(path) { throw refusal }
    return true
  }
}
