public import ContentModel
import Formats
public import Foundation
public import GRDB
public import Storage

/// A site: a folder with `site.db` and `media/`, and what the plugins of this program make of it.
public struct Site: Sendable {
  /// The folder, as an absolute path.
  public let folder: String
  public let database: SiteDatabase
  public let registry: Registry
  public private(set) var store: ItemStore
  /// The time; a value, so that tests can choose it.
  public let clock: @Sendable () -> Date
  /// Who does what is done, by name.
  public private(set) var actor: String?
  /// Through which door, and by which command.
  public private(set) var occasion = Occasion(.shell, command: "")
  /// The network, for plugins.
  public let fetcher: any Fetcher
  /// What opens and draws pictures, for plugins.
  public let pictures: any PictureWorkshop
  private var thread: JournalThread?
  let settingsInForce = SettingsInForce()
  let uids = UIDSequence()
  /// The pictures whose sizes have been looked at; files are named by what they hold, so that nothing of it changes.
  let picturesKnown = Guarded<[String: PublishedPicture]>([:])
  /// What its pages look for again and again.
  let shelf = ContentShelf()

  public var mediaFolder: String { folder + "/media" }

  /// Makes a site in `folder`, which may exist but holds no site yet.
  public static func create(
    in folder: String, registry: Registry, actor: String? = nil,
    fetcher: any Fetcher = NoNetwork(), pictures: any PictureWorkshop = NoPictures(),
    clock: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Site {
    let path = folder + "/site.db"
    try refuseSite(in: folder)
    let isNew = !FileManager.default.fileExists(atPath: folder)
    do {
      try FileManager.default.createDirectory(atPath: folder + "/media", withIntermediateDirectories: true)
      let database = try SiteDatabase(path: path, creates: true)
      return try Site(
        folder: folder, database: database, registry: registry, actor: actor, fetcher: fetcher,
        pictures: pictures, clock: clock)
    } catch {
      if isFull(error) { removeUnfinished(folder, isNew: isNew) }
      throw error
    }
  }

  /// Refuses a folder in which no site can be made, for it holds one.
  public static func refuseSite(in folder: String) throws {
    // An empty file is what somebody left who was killed making a site.
    guard SiteDatabase.isEmpty(folder + "/site.db") else {
      throw Refusal(.conflict, "\(folder) holds a site already", hint: "Open it: sen --site \(folder)")
    }
  }

  /// Whether there was no room for what was to be written.
  private static func isFull(_ error: any Error) -> Bool {
    switch error {
    case let error as DatabaseError:
      [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN].contains(error.resultCode)
    case let failure as FileFailure: [ENOSPC, EDQUOT, EFBIG].contains(failure.code)
    default: false
    }
  }

  /// Removes what is there of a site that could not be made: the folders as far as they are empty.
  private static func removeUnfinished(_ folder: String, isNew: Bool) {
    for ending in ["", "-wal", "-shm", "-journal"] { unlink("\(folder)/site.db\(ending)") }
    rmdir("\(folder)/media")
    if isNew { rmdir(folder) }
  }

  /// Opens the site in `folder`, bringing its tables up to this program.
  /// - Parameter note: told what people should know, such as that a backup was made before that.
  public static func open(
    _ folder: String, registry: Registry, actor: String? = nil,
    fetcher: any Fetcher = NoNetwork(), pictures: any PictureWorkshop = NoPictures(),
    clock: @escaping @Sendable () -> Date = { Date() }, note: (String) -> Void = { _ in }
  ) throws -> Site {
    let database = try SiteDatabase(path: folder + "/site.db")
    return try Site(
      folder: folder, database: database, registry: registry, actor: actor, fetcher: fetcher,
      pictures: pictures, clock: clock, note: note)
  }

  /// A site around an open database; tests give one in memory.
  public init(
    folder: String, database: SiteDatabase, registry: Registry, actor: String? = nil,
    fetcher: any Fetcher = NoNetwork(), pictures: any PictureWorkshop = NoPictures(),
    clock: @escaping @Sendable () -> Date = { Date() }, note: (String) -> Void = { _ in }
  ) throws {
    self.folder = folder
    self.database = database
    self.registry = registry
    self.actor = actor.map(User.normal)
    self.clock = clock
    self.fetcher = fetcher
    self.pictures = pictures
    store = ItemStore(registry.shapes)
    try bringUp(note)
    try reloadSettings()
    for fault in settingFaults { note("\(fault)") }
  }

  /// Looks at the site; all that `body` sees is of one moment.
  public func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try database.read(body)
  }

  /// What tells this site from all others, for what it has written elsewhere: it stays where the site is moved, and comes
  /// back with its backups; what an archive of it is imported into is another site.
  /// - Returns: 32 hexadecimal digits; nil where the database has lost them.
  public func identity(_ db: Database) throws -> String? { try SiteIdentity.read(db) }

  /// The same site, with values that no Sen has written read as if they had never been filled in: for the doctor, who
  /// reads on.
  var tolerant: Site {
    var site = self
    site.store = store.tolerant
    return site
  }

  /// The same site for another command; what it does is written down under it.
  public func on(_ occasion: Occasion) -> Site {
    var site = self
    site.occasion = occasion
    return site
  }

  /// The same site for a command of many operations, each of which stands though the next one fails: the journal has
  /// them as one, which `history undo` takes back at once, as long as nobody else writes in between.
  public func inOneEntry() -> Site {
    var site = self
    site.thread = JournalThread()
    return site
  }

  /// The same site for another who works on it.
  public func acting(as actor: String?) -> Site {
    var site = self
    site.actor = actor.map(User.normal)
    return site
  }

  /// One operation: everything that `body` does is written together, or nothing of it.
  /// - Parameters:
  ///   - isDryRun: does all of it and then rolls it back.
  ///   - isJournaled: whether it is written down, so that it can be taken back. False is for counting what visitors
  ///     do, which nobody takes back one by one.
  public func write<Value>(
    isDryRun: Bool = false, isJournaled: Bool = true, _ body: (Operation) throws -> Value
  ) throws -> Value {
    let arrivals = ArrivedFiles()
    do {
      return try attempt(isDryRun, isJournaled, arrivals, body)
    } catch {
      // That of the body has removed its files; the commit may have failed for want of room.
      if !arrivals.paths.isEmpty { _ = Result { try removeUncommitted(arrivals) } }
      throw error
    }
  }

  /// Removes the files of an operation that could not be committed, unless another has named them since.
  private func removeUncommitted(_ arrivals: ArrivedFiles) throws {
    try database.operate { db in
      let used = try mediaInUse(db)
      try arrivals.remove { used.contains($0) }
      return ((), .rollback)
    }
  }

  private func attempt<Value>(
    _ isDryRun: Bool, _ isJournaled: Bool, _ arrivals: ArrivedFiles, _ body: (Operation) throws -> Value
  ) throws -> Value {
    try database.operate { db in
      let operation = Operation(site: self, db: db, isDryRun: isDryRun, arrivals: arrivals)
      do {
        if isJournaled { try operation.refuseStranger() }
        let value = try body(operation)
        if isDryRun { return (value, .rollback) }
        guard isJournaled else { return (value, .commit) }
        var circumstances = SiteDatabase.Circumstances(
          at: operation.now, actor: actor, door: occasion.door.rawValue, command: occasion.command,
          limits: settingsInForce.journalLimits(at: operation.now))
        (circumstances.thread, circumstances.beside) = (thread, operation.notice.beside)
        circumstances.sideTables = registry.sideTables
        return (value, .journal(circumstances, undoes: operation.notice.undone))
      } catch {
        try operation.removeArrivals()
        throw error
      }
    }
  }

  /// The shape of a noun, or a refusal that names the nouns there are.
  public func shape(_ noun: String) throws -> Shape {
    guard let shape = registry.shape(noun) else {
      throw Refusal(
        .notFound, "There is no content type “\(noun)”",
        hint: "There are: \(registry.shapes.map(\.name).joined(separator: ", "))")
    }
    return shape
  }
}
