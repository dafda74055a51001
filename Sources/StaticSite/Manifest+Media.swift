import GRDB

/// What is known of the pictures and other files that pages lead to.
extension Manifest {
  /// The media that files show.
  func media() throws -> Set<String> {
    try read { Set(try String.fetchAll($0, sql: "SELECT DISTINCT name FROM onMedia")) }
  }

  /// Whether any file leads to a medium.
  func leads(to name: String) throws -> Bool {
    try read {
      try Bool.fetchOne($0, sql: "SELECT 1 FROM onMedia WHERE name = ? LIMIT 1", arguments: [name])
    } ?? false
  }

  /// The media that were begun, or taken away, and are to be brought again.
  func unfinishedMedia() throws -> Set<String> {
    try read {
      Set(
        try String.fetchAll(
          $0, sql: "SELECT substr(path, 7) FROM file WHERE pending > 0 AND path GLOB 'media/*'"))
    }
  }

  /// Takes a file from the list without touching it: it is somebody else's.
  func release(_ path: String) throws {
    try write { try $0.execute(sql: "DELETE FROM file WHERE path = ?", arguments: [path]) }
  }
}
