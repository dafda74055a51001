import GRDB

extension TestSite {
  /// Every row of every table that is content, and every word of the search index, as lines in a set order: what two
  /// sites, or one at two moments, are compared by.
  public func contents() throws -> [String] { try Self.contents(of: folder) }

  /// The same of the site in a folder, which other programs may have made.
  public static func contents(of folder: String) throws -> [String] {
    let database = try DatabaseQueue(path: "\(folder)/site.db")
    return try database.read { db in
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      var lines: [String] = []
      for name in names
      where !name.hasPrefix("search") && !name.hasPrefix("journal") && !others.contains(name) {
        lines += try Row.fetchAll(db, sql: "SELECT * FROM \"\(name)\"").map { "\(name): \($0)" }.sorted()
      }
      return lines
    } + words(database)
  }

  /// Tables that are of this machine, or count what has been given out.
  private static let others: Set<String> = [
    "jobRun", "askedSource", "migration", "versionFloor", "siteIdentity", "sqlite_sequence",
    "sqlite_stat1",
  ]

  private static func words(_ database: DatabaseQueue) throws -> [String] {
    try database.writeWithoutTransaction { db in
      try db.execute(
        sql: "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, instance)")
      return try Row.fetchAll(db, sql: "SELECT term, doc, col, offset FROM temp.word ORDER BY 1, 2, 3, 4")
        .map { "word: \($0)" }
    }
  }
}
