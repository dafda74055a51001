import Formats
import Foundation

/// What lies at the place of a published file.
enum MediaPlace {
  case free
  /// The file itself, or a copy of all of it.
  case whole
  /// A copy that was cut off, or was changed.
  case torn
  /// Somebody else's.
  case foreign

  /// What is known of the file at the place beforehand.
  struct Knowledge {
    /// Whether the list of the tree has it.
    var isListed: Bool
    /// Whether a version of Sen may have left it that copied to the place itself, wrote the list afterwards, and took
    /// whatever it found there for its own.
    var isOfFormerVersion = false
    /// Whether what is in no list is to be taken for Sen's.
    var isTakenOver = false
    /// Whether a copy of the same size is read as well.
    var comparesBytes = false
  }

  /// Looks at `target`, which is to be `source`.
  /// - Parameter status: of the source.
  init(_ target: String, of source: String, _ status: stat, _ known: Knowledge) throws {
    var found = stat()
    guard lstat(target, &found) == 0 else {
      guard errno == ENOENT else { throw FileFailure("read", target, errno) }
      self = .free
      return
    }
    guard found.st_mode & S_IFMT == S_IFREG else {
      self = .foreign
      return
    }
    if found.st_ino == status.st_ino, found.st_dev == status.st_dev {
      self = .whole
      return
    }
    let isOfSize = found.st_size == status.st_size
    func begins() throws -> Bool { try Self.begins(source, with: target) }
    if known.isTakenOver {
      self = try isOfSize && begins() ? .whole : .torn
    } else if !known.isListed {
      // Nobody else has the beginning of a file under the name of its digest.
      self =
        try known.isOfFormerVersion && found.st_size > 0 && begins() ? (isOfSize ? .whole : .torn) : .foreign
    } else if !isOfSize {
      self = try known.isOfFormerVersion && !begins() ? .foreign : .torn
    } else {
      self = try known.comparesBytes && !begins() ? .torn : .whole
    }
  }

  /// Whether a file is the beginning of another, or all of it.
  static func begins(_ whole: String, with start: String) throws -> Bool {
    let (whole, start) = (try ByteSource(path: whole), try ByteSource(path: start))
    var isBeginning = true
    let other = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 16)
    defer { other.deallocate() }
    try start.forEachChunk { chunk in
      guard isBeginning else { return }
      var reached = 0
      while reached < chunk.count {
        let rest = min(chunk.count - reached, other.count)
        let more = try whole.read(into: UnsafeMutableRawBufferPointer(rebasing: other[..<rest]))
        guard more > 0, chunk[reached..<reached + more].elementsEqual(other[..<more]) else {
          isBeginning = false
          return
        }
        reached += more
      }
    }
    return isBeginning
  }
}
