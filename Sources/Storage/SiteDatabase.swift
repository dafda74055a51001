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
  /// Whether it can only be looked at: its folder or its file is not to be written by this user.
  public let isReadOnly: Bool

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
    if let look = SchemaLook(path: path) { try Schema.refuseNewer(look.applied) }
    self.path = path
    isReadOnly = !creates && !Self.canWrite(path)
    guard !isReadOnly else {
      pool = try Self.readOnly(path)
      return
    }
    let pool = try DatabasePool(path: path, configuration: Self.configuration(recorder))
    // In the write-ahead log GRDB asks for NORMAL, with which a power cut may take the last changes back.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    self.pool = pool
  }

  /// A database of its own in memory, for tests and dry runs.
  public init() throws {
    path = ":memory:"
    isReadOnly = false
    pool = try DatabaseQueue(configuration: Self.configuration(recorder))
  }

  /// Whether this user may write the file, and make the write-ahead log beside it.
  private static func canWrite(_ path: String) -> Bool {
    access(path, W_OK) == 0 && access(folder(of: path), W_OK) == 0
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Without a write-ahead log nobody is writing, so that the file can be read as it lies there; with one, it is read
  /// among the others.
  private static func readOnly(_ path: String) throws -> any DatabaseWriter {
    guard access(path, R_OK) == 0 else {
      throw Refusal(.notFound, "\(path) cannot be read", hint: "Look at its owner and its mode.")
    }
    let hasLog = access("\(path)-wal", F_OK) == 0
    var configuration = Self.configuration()
    configuration.readonly = true
    do {
      return try DatabasePool(
        path: SchemaLook.uri(path, hasLog ? "mode=ro" : "immutable=1"), configuration: configuration)
    } catch let error as DatabaseError where hasLog && error.resultCode == .SQLITE_CANTOPEN {
      throw Refusal(
        .conflict,
        "The last changes of this site lie in site.db-wal, which only those can read who can write there",
        hint: "Open the site once as its owner; or make a copy of the folder and open that.")
    }
  }

  static func configuration(_ recorder: ChangeRecorder? = nil) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(patience)
    configuration.label = "site"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA page_size = \(pageSize); PRAGMA cache_size = -\(cache)")
      db.add(function: fold)
      db.add(function: sortKey)
      // From the beginning: statements compiled before would empty a table without a word on its rows.
      recorder?.attach(to: db)
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
