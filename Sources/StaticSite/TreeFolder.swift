import Foundation
import SenKernel

/// The folder of a published tree, and nothing that a link in it leads to.
struct TreeFolder: Sendable {
  /// Its path, which may be or hold links: whoever publishes has named it so.
  let path: String

  /// Refuses a tree in which what Sen keeps for itself would be written elsewhere.
  func checkOwn() throws {
    for name in ["published.db", "published.db-wal", "published.db-shm", "lock"] {
      guard holds(".sen/\(name)"), !isLink(".sen/\(name)") else {
        throw Refusal(
          .conflict, "\(path)/.sen or \(name) in it is a link, and Sen keeps files of its own there",
          hint: "Move it away.")
      }
    }
  }

  /// Whether a path has names alone: no `..`, no `.`, and nothing empty. Each file of a tree is asked for it.
  static func isPlace(_ file: String) -> Bool {
    // Of the name so far: its length, and whether it is all dots.
    var (length, isDots) = (0, true)
    func isName() -> Bool { length > 0 && !(isDots && length <= 2) }
    for byte in file.utf8 {
      if byte == UInt8(ascii: "/") {
        guard isName() else { return false }
        (length, isDots) = (0, true)
      } else {
        length += 1
        if byte != UInt8(ascii: ".") { isDots = false }
      }
    }
    return isName()
  }

  private func isLink(_ file: String) -> Bool {
    var status = stat()
    return lstat("\(path)/\(file)", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether the place of a file lies in the tree itself: no folder on the way to it, as far as they are there, is a link
  /// or something else. Whoever may put links into the tree while it is written can do anything there.
  /// - Parameter file: its path below the folder.
  func holds(_ file: String) -> Bool {
    var place = path
    for name in file.split(separator: "/").dropLast() {
      place += "/\(name)"
      var status = stat()
      guard lstat(place, &status) == 0 else { return errno == ENOENT }
      if status.st_mode & S_IFMT != S_IFDIR { return false }
    }
    return true
  }
}
