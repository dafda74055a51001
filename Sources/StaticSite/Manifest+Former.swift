import GRDB

/// What stands in the tree where something was.
extension Manifest {
  /// The pages at former addresses that are whole, with what each was made from.
  func former() throws -> [String: String] {
    try read { db in
      var former: [String: String] = [:]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT path, madeFrom FROM former JOIN file USING (path) WHERE pending = 0")
      while let row = try rows.next() { former[row[0]] = row[1] }
      return former
    }
  }

  /// Those in whose place this run has written nothing.
  func formerFiles(before run: Int64) throws -> [String] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT path FROM former JOIN file USING (path) WHERE run < ?", arguments: [run])
    }
  }
}
