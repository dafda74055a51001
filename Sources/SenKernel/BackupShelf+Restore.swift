import ContentModel
import Formats
import Foundation
import GRDB
import Storage

extension BackupShelf {
  /// What came of a restoring.
  struct Restored {
    /// The name of the backup of what was there before; nil where there was nothing.
    var kept: String?
    /// Files that the site had lost.
    var files = 0
  }

  /// Puts a backup in the place of the site in `site`, whatever state that is in.
  ///
  /// Its files come first, which hurts nobody; then the whole database in one transaction. Killed in between, the site
  /// is what it was, and afterwards what the backup is. Others may have the site open meanwhile.
  /// - Parameter keeper: where what is replaced goes to, as a backup; its lock is held by the caller.
  func restore(
    _ backup: Backup, without lost: Set<String>, into place: SitePlace, keeper: BackupShelf,
    goesOn: @escaping () -> Bool
  ) throws -> Restored {
    let (site, registry, now) = (place.folder, place.registry, place.clock())
    try FileManager.default.createDirectory(atPath: "\(site)/media", withIntermediateDirectories: true)
    // Never finished: the folder and its name are gone afterwards.
    let scratch = try AtomicFolder(path: "\(site)/restored") { _ in nil }
    defer { _ = Result { try scratch.cancel() } }
    let copy = "\(scratch.building)/site.db"
    do {
      try copyDatabase(backup, to: copy)
    } catch let failure as FileFailure where [ENOSPC, EFBIG, EDQUOT].contains(failure.code) {
      throw FileFailure("write the restored database into", site, failure.code)
    }
    // One of before there were any would get a new one, and be a stranger to what the site has published.
    let identity = SiteIdentity.peek(copy) == nil ? SiteIdentity.peek("\(site)/site.db") : nil
    // The log of the backup ends before this.
    try SiteDatabase.bringUp(
      copy, shapes: registry.shapes, sideTables: registry.sideTables,
      writingDown: place.circumstances(of: "backup"))
    if let identity { try SiteIdentity.write(identity, in: copy) }
    var restored = Restored()
    func stopped() -> any Error {
      let count = restored.files
      let files =
        "\(Counted.text(count, "file")) that the site had lost \(count == 1 ? "was" : "were") brought back"
      return count == 0 ? CancellationError() : StoppedInPart("\(files); all else is as it was")
    }
    for file in backup.media where !lost.contains(file.name) {
      if !goesOn() { throw stopped() }
      if try bringBack(file.name, to: site) { restored.files += 1 }
    }
    let target = "\(site)/site.db"
    guard !SiteDatabase.isEmpty(target) else {
      try SiteDatabase.leaveRoom(copy)
      try Self.place(copy, at: target)
      return restored
    }
    let note = "what \(backup.name) took the place of"
    let source = Source(site: site, goesOn: goesOn)
    do {
      // What takes long is done before others have to wait.
      var taken = Taken()
      try keeper.take(source, &taken)
      try SiteDatabase.replace(target, by: copy) {
        restored.kept = try keeper.create(source, .restore, note: note, now: now).name
      }
    } catch is CancellationError {
      throw stopped()
    } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
      // No program can read what is there any more: it goes aside as it is.
      restored.kept = try keeper.putAside(site, note: note, now: now).name
      try SiteDatabase.leaveRoom(copy)
      try Self.place(copy, at: target)
    }
    return restored
  }

  /// Refuses a backup that a later Sen has made, or of a site that one had changed.
  func refuseLater(_ backup: Backup) throws {
    do {
      _ = try SiteDatabase.look(database(backup.name)) { try Schema.work($0, shapes: []) }
    } catch let refusal as Refusal {
      throw refusal.at("The backup \(backup.name)")
    }
  }

  /// A copy of the backup's database, which is what it was when it was made.
  private func copyDatabase(_ backup: Backup, to copy: String) throws {
    let sum = try SHA256()
    let file = try AtomicFile(path: copy)
    try ByteSource(path: database(backup.name)).forEachChunk { chunk in
      try sum.update(chunk)
      try file.write(chunk)
    }
    guard try sum.hex() == backup.database.sha256 else {
      throw Refusal(.invalid, "The backup \(backup.name) is damaged", hint: "See: sen backup verify all")
    }
    try file.finish()
  }

  /// - Returns: whether the site lacked the file, or had it damaged.
  private func bringBack(_ name: String, to site: String) throws -> Bool {
    let target = "\(site)/media/\(name.prefix(2))/\(name)"
    if FileManager.default.fileExists(atPath: target), try FileDigest.sha256(target).hex == name.prefix(64) {
      return false
    }
    try FileManager.default.createDirectory(
      atPath: "\(site)/media/\(name.prefix(2))", withIntermediateDirectories: true)
    guard try Self.bring(media(name), name, to: target) else {
      throw Refusal(.invalid, "The file \(name) of the backup is damaged", hint: "See: sen backup verify all")
    }
    return true
  }

  /// Gives a database its place. A log of the one before would be taken for this one's, and goes first.
  private static func place(_ copy: String, at target: String) throws {
    for ending in ["-wal", "-shm", "-journal"] where unlink(target + ending) != 0 && errno != ENOENT {
      throw FileFailure("remove", target + ending, errno)
    }
    let file = try AtomicFile(path: target)
    try ByteSource(path: copy).forEachChunk { try file.write($0) }
    try file.finish()
  }

  /// Keeps the files of a database that cannot be read, as they are.
  func putAside(_ site: String, note: String, now: Date) throws -> Backup {
    let present = try entries()
    let name = freeName(.restore, now, present)
    let folder = try AtomicFolder(path: path(name)) { _ in nil }
    for ending in ["", "-wal", "-journal"]
    where FileManager.default.fileExists(atPath: "\(site)/site.db\(ending)") {
      try FileManager.default.copyItem(
        atPath: "\(site)/site.db\(ending)", toPath: "\(folder.building)/site.db\(ending)")
    }
    let digest = try FileDigest.sha256("\(folder.building)/site.db")
    let backup = Backup(
      name: name, number: nextNumber(after: present), made: now,
      occasion: .restore, note: note, schema: [], counts: [], database: (digest.size, digest.hex),
      isDamaged: true, media: [], missing: [])
    try Data(backup.json()).write(to: URL(filePath: "\(folder.building)/backup.json"))
    try folder.finish()
    return backup
  }
}
