import CSQLiteSession
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
      if access(path, F_OK) != 0, errno == EACCES { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      if FileManager.default.fileExists(atPath: "\(folder)/backups/.sen-backups") {
        throw Refusal(
          .notFound, "\(path) is gone, and its backups are there",
          hint:
            "See which: sen --site \(folder) backup list; bring the last one back: sen --site \(folder) backup restore @last"
        )
      }
      throw Refusal(.notFound, "There is no site at \(path)", hint: "Make one: sen init DIR")
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Refusal(
        .conflict, "\(path) is \(isFolder ? "a folder" : "a device or pipe"), not the database of a site",
        hint: "Move it away, then make a site: sen init DIR")
    }
    guard creates || !Self.isEmpty(path) else {
      // SQLite would take it for a new one, and nobody would miss what was in it.
      throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "it is empty")
    }
    if let look = SchemaLook(path: path) {
      try Schema.refuseNewer(look.applied)
      guard !look.isForeign else {
        throw Refusal(
          .conflict, "\(path) is the database of another program", hint: "Make a site elsewhere: sen init DIR"
        )
      }
    }
    self.path = path
    guard creates || Self.canWrite(path) else {
      (pool, isReadOnly) = (try Self.readOnly(path), true)
      return
    }
    do {
      (pool, isReadOnly) = (try Self.writable(path, recorder), false)
    } catch let error as DatabaseError
      where !creates && [.SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CANTOPEN].contains(error.resultCode)
    {
      // On a full disk there is no room for the log, but what is there can be read.
      guard let pool = try? Self.readOnly(path) else { throw error }
      (self.pool, isReadOnly) = (pool, true)
    }
  }

  private static func writable(_ path: String, _ recorder: ChangeRecorder) throws -> any DatabaseWriter {
    let pool = try opened(path, recorder)
    // In the write-ahead log GRDB asks for NORMAL, with which a power cut may take the last changes back.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    return pool
  }

  /// The pool of a file; waits for an import that fills an empty site and so keeps it from being opened.
  ///
  /// SQLite asks nobody how long to wait for the lock that the write-ahead log is begun with; GRDB, which begins one where
  /// there is none, waits by itself each time, so that the time is what counts.
  private static func opened(_ path: String, _ recorder: ChangeRecorder) throws -> DatabasePool {
    let begun = ContinuousClock.now
    var times = 0
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration(recorder))
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        guard let pause = Waiting.pause(after: times), ContinuousClock.now - begun < .seconds(patience) else {
          throw error
        }
        usleep(useconds_t(pause * 1000))
        times += 1
      }
    }
  }

  /// A database of its own in memory, for tests and dry runs.
  public init() throws {
    path = ":memory:"
    isReadOnly = false
    pool = try DatabaseQueue(configuration: Self.configuration(recorder))
  }

  /// Whether nothing at all is in the file, nor in a log beside it.
  public static func isEmpty(_ path: String) -> Bool {
    // A log alone is nothing: the first page is in the file before there is one.
    ["", "-journal"].allSatisfy { ending in
      var status = stat()
      return stat(path + ending, &status) != 0 || status.st_size == 0
    }
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
      throw CocoaError(
        .fileReadNoPermission,
        userInfo: [NSFilePathErrorKey: path, NSUnderlyingErrorKey: POSIXError(.EACCES)])
    }
    var log = stat()
    let hasLog = stat("\(path)-wal", &log) == 0 && log.st_size > 0
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
    _ = countsNoMemory
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(patience)
    configuration.label = "site"
    configuration.prepareDatabase { db in
      if !db.configuration.readonly { Waiting.begin(db) }
      try db.execute(sql: "PRAGMA page_size = \(pageSize); PRAGMA cache_size = -\(cache)")
      db.add(function: fold)
      db.add(function: sortKey)
      db.add(function: nfc)
      // From the beginning: statements compiled before would empty a table without a word on its rows.
      recorder?.attach(to: db)
    }
    return configuration
  }

  /// Set once in a process. Where SQLite was used before, it goes on counting, and is only slower.
  private static let countsNoMemory = sen_sqlite_count_no_memory() == 0

  /// SQL `fold(text)`: without case, marks and đ, as search folds.
  private static let fold = DatabaseFunction("fold", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(Folding.fold)
  }

  /// SQL `nfc(text)`: however marks were typed, in one way.
  private static let nfc = DatabaseFunction("nfc", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(Normalization.nfc)
  }

  /// SQL `sortkey(text)`: a blob that sorts as the Vietnamese alphabet does.
  private static let sortKey = DatabaseFunction("sortkey", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map { Data(SortKey.make($0)) }
  }
}
