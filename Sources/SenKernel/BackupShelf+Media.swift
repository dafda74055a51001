import ContentModel
import Formats
import Foundation

/// The files of a shelf, each there once.
extension BackupShelf {
  /// Takes a file of a site in, unless it is here already.
  /// - Returns: its size; nil where it is not what its name says, being damaged.
  func take(_ name: String, from path: String) throws -> Int? {
    let target = media(name)
    let size = try Self.size(path)
    // What is here was checked when it came; only that it is whole costs nothing to ask again.
    if let present = try? Self.size(target), present == size { return size }
    try FileManager.default.createDirectory(
      atPath: "\(folder)/media/\(name.prefix(2))", withIntermediateDirectories: true)
    return try Self.bring(path, name, to: target) ? size : nil
  }

  /// Brings a file to another place: as a copy that shares its blocks where the file system can, else under a second
  /// name, else, on another file system, as a copy.
  /// - Returns: whether it is what its name says; else it is not brought.
  static func bring(_ path: String, _ name: String, to target: String) throws -> Bool {
    let temporary = "\(target.dropLast(name.count)).\(name.prefix(16)).tmp-\(getpid())"
    unlink(temporary)
    defer { unlink(temporary) }
    if try shareBlocks(path, temporary) || link(path, temporary) == 0 {
      guard try FileDigest.sha256(temporary).hex == name.prefix(64) else { return false }
      guard rename(temporary, target) == 0 else { throw FileFailure("write", target, errno) }
      return true
    }
    let sum = try SHA256()
    let file = try AtomicFile(path: target)
    try ByteSource(path: path).forEachChunk { chunk in
      try sum.update(chunk)
      try file.write(chunk)
    }
    guard try sum.hex() == name.prefix(64) else {
      file.cancel()
      return false
    }
    try file.finish()
    return true
  }

  /// Removes the files that no backup has.
  /// - Returns: how many, and their bytes.
  func collect(keeping names: Set<String>, isDryRun: Bool) throws -> (count: Int, bytes: Int) {
    let files = FileManager.default
    var (count, bytes) = (0, 0)
    guard files.fileExists(atPath: "\(folder)/media") else { return (0, 0) }
    for part in try files.contentsOfDirectory(atPath: "\(folder)/media") where part.count == 2 {
      for name in try files.contentsOfDirectory(atPath: "\(folder)/media/\(part)") {
        let path = "\(folder)/media/\(part)/\(name)"
        if name.hasPrefix("."), name.contains(".tmp-") {
          if !isDryRun { try files.removeItem(atPath: path) }
        } else if MediaName.isName(name), !names.contains(name) {
          count += 1
          bytes += try Self.size(path)
          if !isDryRun { try files.removeItem(atPath: path) }
        }
      }
      if !isDryRun { rmdir("\(folder)/media/\(part)") }
    }
    return (count, bytes)
  }

  static func size(_ path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileFailure("read", path, errno) }
    return Int(status.st_size)
  }

  /// A copy at no cost, where the file system knows how (`FICLONE`, linux/fs.h).
  private static func shareBlocks(_ path: String, _ target: String) throws -> Bool {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw FileFailure("read", path, errno) }
    defer { close(source) }
    let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard copy >= 0 else { throw FileFailure("write", target, errno) }
    defer { close(copy) }
    let ficlone: UInt = 0x4004_9409
    if ioctl(copy, ficlone, source) == 0 { return true }
    unlink(target)
    return false
  }
}
