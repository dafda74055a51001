import ContentModel
import Foundation
public import GRDB
import Vietnamese

/// The one SQLite file of a site, opened as a pool in WAL mode.
///
/// Every value that is not text here is plain SQLite: the file can be read with any tool.
public struct SiteDatabase: Sendable {
  public let path: String
  public let pool: any DatabaseWriter
  /// What writes down the changes of the one writing connection.
  let recorder = ChangeRecorder()

  /// How long a writer waits for another before it gives up, in seconds.
  static let patience: TimeInterval = 30
  /// Bytes a page; bodies of a few kilobytes leave half of a 4 kB page unused.
  static let pageSize = 8192
  /// Kilobytes of pages that a connection keeps.
  static let cache = 8000

  /// Opens the database at `path`.
  /// - Parameter creates: whether a missing file is made; else it is refused.
  public init(path: String, creates: Bool = false) throws {
    guard creates || FileManager.default.fileExists(atPath: path) else {
      throw Refusal(.notFound, "There is no site at \(path)", hint: "Make one: sen init DIR")
    }
    self.path = path
    let pool = try DatabasePool(path: path, configuration: Self.configuration(recorder))
    // In the write-ahead log GRDB asks for NORMAL, with which a power cut may take the last changes back.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    self.pool = pool
  }

  /// A database of its own in memory, for tests and dry runs.
  public init() throws {
    path = ":memory:"
    pool = try DatabaseQueue(configuration: Self.configuration(recorder))
  }

  static func configuration(_ recorder: ChangeRecorder) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(patience)
    configuration.label = "site"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA page_size = \(pageSize); PRAGMA cache_size = -\(cache)")
      db.add(function: fold)
      db.add(function: sortKey)
      // From the beginning: statements compiled before would empty a table without a word on its rows.
      recorder.attach(to: db)
    }
    return configuration
  }

  /// SQL `fold(text)`: without case, marks and đ, as search folds.
  private static let fold = DatabaseFunction("fold", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(Folding.fold)
  }

  /// SQL `sortkey(text)`: a blob that sorts as the Vietnamese alphabet does.
  private static let sortKey = DatabaseFunction("sortkey", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map { Data(SortKey.make($0)) }
  }
}
