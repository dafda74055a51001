import Formats
import Foundation

/// A folder whose files are those of another: by hard links, as copies where that cannot be.
enum LinkedCopy {
  /// - Parameters:
  ///   - target: a folder that is there.
  ///   - leavesOut: asked of each path below the folder.
  static func make(of source: String, at target: String, leavesOut: (String) -> Bool) throws {
    try make(of: source, at: target, below: "", leavesOut)
  }

  private static func make(
    of source: String, at target: String, below folder: String, _ leavesOut: (String) -> Bool
  ) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: source) where !leavesOut(folder + name) {
      let (old, new) = ("\(source)/\(name)", "\(target)/\(name)")
      var status = stat()
      guard lstat(old, &status) == 0 else { throw FileFailure("read", old, errno) }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard mkdir(new, status.st_mode & 0o7777) == 0 else { throw FileFailure("write", new, errno) }
        try make(of: old, at: new, below: "\(folder)\(name)/", leavesOut)
      case S_IFLNK:
        let goal = try FileManager.default.destinationOfSymbolicLink(atPath: old)
        guard symlink(goal, new) == 0 else { throw FileFailure("write", new, errno) }
      case S_IFREG:
        // Files of others may not be linked to (fs.protected_hardlinks), and too many links are refused.
        if link(old, new) != 0 { try FileManager.default.copyItem(atPath: old, toPath: new) }
      default: continue
      }
    }
  }
}
