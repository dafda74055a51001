import ContentModel
public import GRDB

/// Whether the search index has the words that the items have.
extension Examination {
  /// Compares the index with one that is built beside it: the same items, each with as many words, and every word as
  /// often. Changes
  /// nothing but tables of the connection's own.
  /// - Parameter goesOn: asked now and again; false ends it with `CancellationError`.
  public func searchAilments(_ db: Database, goesOn: () -> Bool) throws -> [Ailment] {
    guard try declarations(db).isEmpty else { return [] }
    let store = store.tolerant
    let mend: (Database) throws -> Void = { db in _ = try store.reindex(db) }
    do {
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE temp.expected USING fts5(
            title, text, content='', tokenize='unicode61 remove_diacritics 2');
          INSERT INTO temp.expected (expected, rank) VALUES ('automerge', 0);
          INSERT INTO temp.expected (expected, rank) VALUES ('hashsize', 8000000);
          """)
      defer { _ = Result { try db.execute(sql: "DROP TABLE temp.expected") } }
      let insert = try db.makeStatement(
        sql: "INSERT INTO temp.expected (rowid, title, text) VALUES (?, ?, ?)")
      for shape in shapes {
        try store.each(shape.name, Query(isTrashed: nil), db) { item in
          let words = SearchText.make(item, shape)
          try insert.execute(arguments: [item.envelope.id, words.title, words.text])
          if !goesOn() { throw CancellationError() }
          return true
        }
      }
      // Items whose plugin is not here are in the index as well.
      let strangers =
        "SELECT id FROM item WHERE type NOT IN (\(shapes.map(\.name.quoted).joined(separator: ", ")))"
      let present = "SELECT id, sz FROM search_docsize WHERE id NOT IN (\(strangers))"
      let differ =
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM (
              SELECT id FROM (\(present) EXCEPT SELECT id, sz FROM temp.expected_docsize)
              UNION SELECT id FROM (SELECT id, sz FROM temp.expected_docsize EXCEPT \(present))
            )
            """) ?? 0
      guard differ == 0 else {
        return [
          Ailment("the search index is not that of \(differ) \(differ == 1 ? "item" : "items")", mend: mend)
        ]
      }
      guard try Int.fetchOne(db, sql: strangers) == nil else { return [] }
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE temp.expectedWords USING fts5vocab(temp, expected, col);
          CREATE VIRTUAL TABLE temp.presentWords USING fts5vocab(main, search, col);
          """)
      defer {
        _ = Result { try db.execute(sql: "DROP TABLE temp.expectedWords; DROP TABLE temp.presentWords") }
      }
      let words =
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM (
              SELECT term FROM (SELECT * FROM temp.expectedWords EXCEPT SELECT * FROM temp.presentWords)
              UNION
              SELECT term FROM (SELECT * FROM temp.presentWords EXCEPT SELECT * FROM temp.expectedWords)
            )
            """) ?? 0
      guard words == 0 else {
        return [
          Ailment("the search index is wrong for \(words) \(words == 1 ? "word" : "words")", mend: mend)
        ]
      }
      return []
    } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode) {
      return [Ailment("the search index is damaged: \(error.message ?? "unreadable")", mend: mend)]
    }
  }
}
