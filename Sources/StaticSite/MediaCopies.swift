import Formats
import Foundation

/// Puts files in their places: by a hard link where that can be, else as copies, which are on the disk before they get
/// their names. Many copies wait for the disk together.
struct MediaCopies {
  /// A file of the tree's file system.
  let folder: String
  private var waiting: [(temporary: String, target: String)] = []
  private var bytes: Int64 = 0

  private static let mostWaiting = 200
  private static let mostBytes: Int64 = 64 << 20

  init(in folder: String) { self.folder = folder }

  /// - Parameter size: of the source, in bytes.
  mutating func put(_ source: String, at target: String, size: Int64) throws {
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let temporary = target + PageWork.unfinished
    guard unlink(temporary) == 0 || errno == ENOENT else { throw FileFailure("write", temporary, errno) }
    if link(source, temporary) == 0 { return try Self.rename(temporary, target) }
    waiting.append((temporary, target))
    try FileManager.default.copyItem(atPath: source, toPath: temporary)
    bytes += size
    if waiting.count >= Self.mostWaiting || bytes >= Self.mostBytes { try finish() }
  }

  /// Gives the copies their names.
  mutating func finish() throws {
    guard !waiting.isEmpty else { return }
    try DiskSync.everything(onDiskOf: folder)
    while let copy = waiting.last {
      try Self.rename(copy.temporary, copy.target)
      waiting.removeLast()
    }
    bytes = 0
  }

  /// Removes the copies that have no names yet.
  func cancel() { for copy in waiting { unlink(copy.temporary) } }

  private static func rename(_ temporary: String, _ target: String) throws {
    guard Foundation.rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure("write", target, code)
    }
  }
}
