import ContentModel
public import GRDB

extension Journal {
  /// Writes down what an operation does to what the journal keeps nothing of, such as a password: who, when and by
  /// which command, with nothing to take back.
  public static func note(
    _ circumstances: SiteDatabase.Circumstances, nouns: [String], _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO journal (at, actor, door, command, nouns, rowCount, size) VALUES (?, ?, ?, ?, ?, 0, 0)
        """,
      arguments: [
        Timestamp.text(circumstances.at), circumstances.actor, circumstances.door, circumstances.command,
        nouns.joined(separator: ","),
      ])
  }
}

extension Journal.Entry {
  /// Whether it was only noted; there is nothing to take back then.
  public var isNote: Bool { rows == 0 }
}
