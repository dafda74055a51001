import Foundation
import GRDB
import GRDBSQLite

/// How a writer waits for another: the longer it has waited, the more often it asks, so that who came first is let in
/// first.
///
/// SQLite's own waiting asks ten times a second in the end, and seldomer than whoever has just come. Programs that
/// write again and again, with some milliseconds between, keep out those who wait longest; a dozen of them did so for
/// more than 30 s (`KilledCrowdTests`).
enum Waiting {
  /// Stretches of asking: how often, and milliseconds before each time. Together they are `SiteDatabase.patience`;
  /// as with SQLite's own, what a busy machine adds to them is not counted.
  static let stretches: [(times: Int, pause: Int)] = [
    (20, 2), (48, 20), (400, 10), (1250, 4), (10_000, 2),
  ]

  /// Milliseconds to wait before asking again when asked `times` before; nil when it has been enough.
  static func pause(after times: Int) -> Int? {
    var left = times
    for stretch in stretches {
      if left < stretch.times { return stretch.pause }
      left -= stretch.times
    }
    return nil
  }

  /// Has a connection wait so; in the place of `PRAGMA busy_timeout`, which takes it away again.
  static func begin(_ db: Database) {
    sqlite3_busy_handler(
      db.sqliteConnection,
      { _, times in
        guard let pause = Waiting.pause(after: Int(times)) else { return 0 }
        usleep(useconds_t(pause * 1000))
        return 1
      }, nil)
  }
}
