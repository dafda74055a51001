import ContentModel
import Formats
import Foundation
import GRDB
import Storage

extension BackupShelf {
  /// What a backup is made of.
  struct Source {
    /// The site's folder.
    let site: String
    /// Finds the files that items name in a copy of the database; nil where this program cannot read its tables.
    var namedMedia: ((Database) throws -> Set<String>)?
    var goesOn: () -> Bool = { true }

    var media: String { "\(site)/media" }
    var database: String { "\(site)/site.db" }

    /// The files that are there now, with their places.
    func files() throws -> [(name: String, path: String)] {
      guard FileManager.default.fileExists(atPath: media) else { return [] }
      return try Site.mediaFiles(in: media).map { ($0, "\(media)/\($0.prefix(2))/\($0)") }
    }
  }

  /// Makes a backup; until it is whole and on the disk, it has no name. To be called holding the lock.
  ///
  /// The files come before the database: whatever it names was brought in before it was named, so that what came
  /// while the database was copied is all that is left for a second look.
  func create(
    _ source: Source, _ occasion: Backup.Occasion, note: String? = nil, now: Date
  ) throws -> Backup {
    do {
      return try make(source, occasion, note: note, now: now)
    } catch let failure as FileFailure where [ENOSPC, EFBIG, EDQUOT].contains(failure.code) {
      // The name of what is half made would help nobody.
      throw FileFailure("write a backup into", folder, failure.code)
    }
  }

  private func make(_ source: Source, _ occasion: Backup.Occasion, note: String?, now: Date) throws -> Backup
  {
    var taken = Taken()
    try take(source, &taken)
    let present = try entries()
    let name = freeName(occasion, now, present)
    let folder = try AtomicFolder(path: path(name)) { _ in
      Refusal(.conflict, "There is a backup \(name) already")
    }
    let copy = "\(folder.building)/site.db"
    let isReadable = try copyDatabase(source, to: copy, mayBeDamaged: occasion == .restore)
    try take(source, &taken)
    let digest = try FileDigest.sha256(copy)
    var backup = Backup(
      name: name, number: nextNumber(after: present), made: now, occasion: occasion, note: note, schema: [],
      counts: [], database: (digest.size, digest.hex),
      isDamaged: !isReadable, media: [], missing: taken.damaged.sorted())
    if isReadable {
      try SiteDatabase.look(copy) { db in
        // What is put aside for a restore is kept whatever it is, and others wait for it.
        backup.isDamaged = try occasion != .restore && !Self.problems(in: db).isEmpty
        backup.schema = try Schema.kernelMigrations(db)
        // A later Sen may have other tables.
        guard try db.tableExists("item"), try db.columns(in: "item").contains(where: { $0.name == "type" })
        else { return }
        backup.counts = try Row.fetchAll(
          db, sql: "SELECT type, count(*) FROM item GROUP BY type ORDER BY type"
        ).map { ($0[0], $0[1]) }
        let named = try source.namedMedia?(db) ?? []
        backup.missing = named.union(taken.damaged).subtracting(taken.sizes.keys).sorted()
      }
    }
    backup.media = taken.sizes.sorted { $0.key < $1.key }.map { .init(name: $0.key, size: $0.value) }
    let manifest = try AtomicFile(path: "\(folder.building)/backup.json")
    try manifest.write(backup.json())
    try manifest.finish()
    try folder.finish()
    return backup
  }

  /// The files that have been taken in, with their sizes, and those that could not be.
  struct Taken {
    var sizes: [String: Int] = [:]
    var damaged: Set<String> = []
  }

  /// Takes in all files of a site that were not taken yet.
  func take(_ source: Source, _ taken: inout Taken) throws {
    for (name, path) in try source.files() where taken.sizes[name] == nil && !taken.damaged.contains(name) {
      if let size = try takeIfThere(name, path) {
        taken.sizes[name] = size
      } else {
        taken.damaged.insert(name)
      }
      if !source.goesOn() { throw CancellationError() }
    }
  }

  /// A file may go while it is looked at, when an import fails or `media prune` runs; then no item names it.
  private func takeIfThere(_ name: String, _ path: String) throws -> Int? {
    do {
      return try take(name, from: path)
    } catch let failure as FileFailure where failure.code == ENOENT {
      return nil
    }
  }

  /// - Returns: whether it can be read throughout; else it is a copy of its pages as they are.
  private func copyDatabase(_ source: Source, to copy: String, mayBeDamaged: Bool) throws -> Bool {
    do {
      try SiteDatabase.copy(source.database, to: copy, goesOn: source.goesOn)
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      throw FileFailure("write", copy, ENOSPC)
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_IOERR_WRITE {
      throw FileFailure("write", copy, EFBIG)
    } catch let error as DatabaseError
      // Rows that break a rule of their table can only be read so from a damaged page.
      where mayBeDamaged && [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT].contains(error.resultCode)
    {
      unlink(copy)
      try SiteDatabase.copyPages(source.database, to: copy)
      return false
    }
  }

  /// `2026-11-25T04-28-10Z`, `before-upgrade-2026-11-25T04-28-10Z`; with a number where that is taken.
  func freeName(_ occasion: Backup.Occasion, _ now: Date, _ present: [Entry]) -> String {
    let taken = Set(present.map(\.name))
    let time = Timestamp.text(now).replacing(":", with: "-")
    let wanted = occasion == .asked ? time : "\(occasion.rawValue)-\(time)"
    guard taken.contains(wanted) else { return wanted }
    var number = 2
    while taken.contains("\(wanted)-\(number)") { number += 1 }
    return "\(wanted)-\(number)"
  }

  func nextNumber(after present: [Entry]) -> Int64 {
    // At the end of numbers, names put them in order.
    min(present.compactMap { $0.backup?.number }.max() ?? 0, Backup.most - 1) + 1
  }
}
