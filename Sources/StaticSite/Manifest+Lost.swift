import Foundation
import GRDB

/// Files that somebody has taken out of the tree.
extension Manifest {
  /// So many files are looked at in each run, and the next ones in the next: it takes some 30 ms.
  static let looksAt = 20_000

  /// Notes which files are there no more, so that they are made again: at once in the root and in folders of it that are
  /// gone or in which folders were made or removed since the last run; of the rest, some in each run.
  /// - Parameter folder: the tree.
  /// - Returns: whether any are lost.
  func noteLost(in folder: String, looksAt count: Int = Manifest.looksAt) throws -> Bool {
    let changed = try state("folders").map(Self.folders)
    let (root, folders) = try top()
    var paths = root
    for name in folders where changed?[name] != Self.changed("\(folder)/\(name)") {
      paths += try self.paths(in: "\(name)/")
    }
    let start = try state("looked").flatMap(Int64.init) ?? 0
    let next = try read {
      try Row.fetchAll(
        $0, sql: "SELECT id, path FROM file WHERE id > ? ORDER BY id LIMIT ?", arguments: [start, count])
    }
    let end: Int64 = next.count < count ? 0 : next.last?[0] ?? 0
    paths += next.map { $0[1] }
    let lost = Set(paths.filter { Self.isLost("\(folder)/\($0)") && $0 != PageWork.sharedName })
    guard !lost.isEmpty || end != start else { return false }
    try write { db in
      for path in lost {
        try db.execute(
          sql: "UPDATE file SET pending = 1 WHERE path = ? AND pending = 0", arguments: [path])
      }
      try db.execute(
        sql: "INSERT OR REPLACE INTO state VALUES ('looked', ?)", arguments: [String(end)])
    }
    return !lost.isEmpty
  }

  /// The files that lie in a folder, which ends in a slash.
  func paths(in folder: String) throws -> [String] {
    try read {
      // U+10FFFF comes after all that is in it.
      try String.fetchAll(
        $0, sql: "SELECT path FROM file WHERE path > ?1 AND path < ?1 || char(1114111)", arguments: [folder])
    }
  }

  /// When the folders of the tree's root were last changed, to be kept with the list.
  func folderTimes(in folder: String) throws -> String {
    try top().folders.map { "\($0) \(Self.changed("\(folder)/\($0)") ?? "")" }.joined(separator: "\n")
  }

  /// The files and the folders that lie in the root of the tree, found by a few steps through the index.
  private func top() throws -> (files: [String], folders: [String]) {
    try read { db in
      var (files, folders): ([String], [String]) = ([], [])
      var last = ""
      while let path = try String.fetchOne(
        db.cachedStatement(sql: "SELECT path FROM file WHERE path > ? ORDER BY path LIMIT 1"),
        arguments: [last])
      {
        if let slash = path.firstIndex(of: "/") {
          folders.append(String(path[..<slash]))
          // The next character after a slash.
          last = path[..<slash] + "0"
        } else {
          files.append(path)
          last = path
        }
      }
      return (files, folders)
    }
  }

  private static func folders(_ text: String) -> [String: String] {
    Dictionary(
      text.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: " ").map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }, uniquingKeysWith: { $1 })
  }

  private static func changed(_ path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  private static func isLost(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0 && [ENOENT, ENOTDIR].contains(errno)
  }
}
