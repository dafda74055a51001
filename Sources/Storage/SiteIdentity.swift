import Foundation
public import GRDB

/// What tells a site from all others, for what it has written elsewhere: 32 random hexadecimal digits.
///
/// It stays where the site is moved or renamed, and comes back with its backups. Archives leave it behind: what they
/// are imported into is another site. It proves nothing, and anybody may read it.
public enum SiteIdentity {
  /// Makes the table, and the identity.
  static let table = """
    CREATE TABLE siteIdentity (value TEXT NOT NULL) STRICT;
    INSERT INTO siteIdentity VALUES (lower(hex(randomblob(16))));
    """

  /// - Returns: nil where there is none: before there were any, and after the table was lost.
  public static func read(_ db: Database) throws -> String? {
    guard try db.tableExists("siteIdentity") else { return nil }
    return try String.fetchOne(db, sql: "SELECT value FROM siteIdentity")
  }

  /// The identity in a database file, which others may have open; nil as well where it cannot be read.
  public static func peek(_ path: String) -> String? {
    guard !SiteDatabase.isEmpty(path) else { return nil }
    return try? SiteDatabase.glance(path, read)
  }

  /// Gives a database file that nobody has open an identity in the place of its own.
  public static func write(_ value: String, in path: String) throws {
    let queue = try DatabaseQueue(path: path, configuration: SiteDatabase.configuration())
    try queue.write { db in
      try db.execute(sql: "DELETE FROM siteIdentity")
      try db.execute(sql: "INSERT INTO siteIdentity VALUES (?)", arguments: [value])
    }
    try queue.close()
  }
}
