import ContentModel
import Formats
import Foundation

/// A folder of backups: one folder for each, and `media/`, where every file of theirs lies once.
///
///     backups/
///       .sen-backups                      the mark that it is one, and the lock of those who change it
///       2026-11-25T04-28-10Z/backup.json  what is in it
///       2026-11-25T04-28-10Z/site.db      the database
///       media/ab/ab12….jpg                files by the hash of their content
struct BackupShelf: Sendable {
  static let mark = ".sen-backups"

  let folder: String

  /// The backups of the site in `site`, unless another place is named.
  init(site: String, named: String? = nil) {
    folder = named.map(TypedPath.whole) ?? "\(site)/backups"
  }

  func path(_ backup: String) -> String { "\(folder)/\(backup)" }
  func database(_ backup: String) -> String { "\(folder)/\(backup)/site.db" }
  func media(_ name: String) -> String { "\(folder)/media/\(name.prefix(2))/\(name)" }

  /// A backup as it lies there: what it says of itself, or why that cannot be read.
  enum Entry {
    case backup(Backup)
    case unreadable(name: String, reason: String)

    var name: String {
      switch self {
      case .backup(let backup): backup.name
      case .unreadable(let name, _): name
      }
    }
    var backup: Backup? { if case .backup(let backup) = self { backup } else { nil } }
  }

  /// All backups, the oldest first; those that cannot be read last.
  func entries() throws -> [Entry] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    var found: [Entry] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      // What is being made, or was left by somebody who was killed, begins with a dot.
      guard !name.hasPrefix("."), name != "media" else { continue }
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)/backup.json") else {
        if FileManager.default.fileExists(atPath: database(name)) {
          found.append(.unreadable(name: name, reason: "its backup.json is missing"))
        }
        continue
      }
      do {
        found.append(.backup(try Backup(bytes, name: name)))
      } catch {
        found.append(.unreadable(name: name, reason: "its backup.json: \(error.message)"))
      }
    }
    return found.sorted {
      ($0.backup?.number ?? .max, $0.name) < ($1.backup?.number ?? .max, $1.name)
    }
  }

  /// The backup that a text names: its name, the beginning of it that no other has, or `@last`, which was sound when
  /// it was made.
  func find(_ text: String) throws -> Entry {
    let all = try entries()
    guard !all.isEmpty else {
      throw Refusal(.notFound, "There are no backups in \(folder)", hint: "Make one: sen backup create")
    }
    if text == "@last", let last = all.last(where: { $0.backup?.isDamaged == false }) { return last }
    if let exact = all.first(where: { $0.name == text }) { return exact }
    let near = all.filter { $0.name.hasPrefix(text) }
    guard let only = near.first, near.count == 1, !text.isEmpty else {
      let names = (near.isEmpty ? all : near).suffix(5).map(\.name).joined(separator: ", ")
      throw Refusal(
        .notFound, near.isEmpty ? "There is no backup “\(text)”" : "“\(text)” may be \(near.count) backups",
        hint: "There are: \(names)")
    }
    return only
  }

  // MARK: The lock

  /// Does what changes the shelf, alone; makes the folder, and refuses one that holds other things.
  /// - Parameter site: whose backups are to be in it; those of two sites would be pruned as one's.
  func alone<Value>(for site: String? = nil, _ body: () throws -> Value) throws -> Value {
    let isNew = !FileManager.default.fileExists(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do {
      return try inFolder(for: site, body)
    } catch {
      // A folder of nothing but half a backup is of no use to anybody, one with a whole backup is: what failed came
      // after it. Why it came to be so is what is told.
      if isNew, let present = try? entries(), present.isEmpty {
        _ = Result { try FileManager.default.removeItem(atPath: folder) }
      }
      throw error
    }
  }

  private func inFolder<Value>(for site: String?, _ body: () throws -> Value) throws -> Value {
    let path = "\(folder)/\(Self.mark)"
    if !FileManager.default.fileExists(atPath: path), try entries().isEmpty,
      try FileManager.default.contentsOfDirectory(atPath: folder).contains(where: { !$0.hasPrefix(".") })
    {
      throw Refusal(
        .conflict, "\(folder) is no folder of backups: it holds other things", hint: "Name a new folder.")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure("write", path, errno) }
    defer { close(descriptor) }
    try lock(descriptor, LOCK_EX)
    if let site { try belong(to: site, path) }
    try sweep()
    return try body()
  }

  /// Does what only reads, while nobody takes anything away; a shelf that cannot be written to serves as well.
  func together<Value>(_ body: () throws -> Value) throws -> Value {
    let descriptor = open("\(folder)/\(Self.mark)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return try body() }
    defer { close(descriptor) }
    try lock(descriptor, LOCK_SH)
    return try body()
  }

  /// The mark says whose backups they are, as long as that site is there.
  private func belong(to site: String, _ mark: String) throws {
    let owner = String(decoding: FileManager.default.contents(atPath: mark) ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .newlines)
    guard owner != site else { return }
    // A copied site has its own, whoever made the first of them.
    guard
      owner.isEmpty || folder == "\(site)/backups"
        || !FileManager.default.fileExists(atPath: "\(owner)/site.db")
    else {
      throw Refusal(
        .conflict, "\(folder) holds the backups of the site in \(owner)", hint: "Name a folder for this one.")
    }
    // In place, for the file is the lock.
    try Data("\(site)\n".utf8).write(to: URL(filePath: mark), options: [])
  }

  private func lock(_ descriptor: Int32, _ kind: Int32) throws {
    // The lock goes with its process, however that ends.
    for _ in 0..<600 {
      if flock(descriptor, kind | LOCK_NB) == 0 { return }
      usleep(50_000)
    }
    throw Refusal(
      .conflict, "Another process is at the backups in \(folder) and has not finished in 30 seconds",
      hint: "Nothing was changed; try again.")
  }

  /// Removes what those have left who were killed over it; holding the lock, nobody else is at it.
  private func sweep() throws {
    let files = FileManager.default
    for entry in try files.contentsOfDirectory(atPath: folder)
    where entry.hasPrefix(".") && entry.contains(".tmp-") {
      try files.removeItem(atPath: "\(folder)/\(entry)")
    }
  }
}
