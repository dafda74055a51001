import Foundation
import GRDB
import SenKernel
import Storage

extension PageContext {
  /// When what visitors see was changed last: by an operation, or by the clock, which publishes and takes down. Never
  /// too early, perhaps too late; nil on a site where nothing has happened.
  func lastChange() throws -> Date? {
    let latest = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT max(at) FROM (
            SELECT at FROM (SELECT at FROM journal ORDER BY id DESC LIMIT 1)
            UNION ALL SELECT max(publishAt) FROM item WHERE state = 'published' AND publishAt <= ?1
            UNION ALL SELECT max(expireAt) FROM item WHERE state = 'published' AND expireAt <= ?1)
          """), arguments: [Timestamp.text(now)])
    return latest.flatMap(Timestamp.date)
  }
}
