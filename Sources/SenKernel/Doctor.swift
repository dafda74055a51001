import ContentModel
import Foundation
import GRDB
import Storage

/// `site doctor`: what is wrong with a site, and the mending of it.
struct Doctor {
  private let context: CommandContext
  private let site: Site
  private var output: any Output { context.output }

  init(_ context: CommandContext) throws {
    self.context = context
    // It reads on where a value is damaged.
    site = try context.site.tolerant
  }

  func run(mends: Bool) throws {
    let found = try look()
    guard mends else { return try conclude(found, isLeft: false) }
    try site.require(.administer, "mend the site")
    if !context.isDryRun, found.mendable.database.contains(where: \.isForGood) { try keep() }
    do {
      try mend(found)
    } catch is CancellationError where !context.isDryRun {
      throw StoppedInPart("what was mended by then stays; see: sen site doctor")
    }
  }

  private func mend(_ found: Findings) throws {
    try mendPages(found.mendable.database.filter(\.isMendedAlone))
    if !found.mendable.database.isEmpty, !context.isDryRun || !found.database.contains(where: \.isMendedAlone)
    {
      try mendDatabase()
    }
    guard !context.isDryRun else {
      for text in found.mendable.texts { output.note("would mend: \(text)") }
      return try conclude(found.others, isLeft: true)
    }
    for file in found.mendable.files { try file.mend() }
    for path in try MediaExamination(site).leftovers() { try FileManager.default.removeItem(atPath: path) }
    if !found.complaints.isEmpty {
      for plugin in site.registry.plugins { try plugin.mend(site) { output.note($0) } }
    }
    // What was said to be mended is looked at again.
    let left = try look()
    let still = Set(left.texts)
    for text in found.texts where !still.contains(text) { output.note("mended: \(text)") }
    try conclude(left, isLeft: true)
  }

  /// Keeps the site as it is in a backup, for what no undo can bring back.
  private func keep() throws {
    let shelf = BackupShelf(site: site.folder)
    let source = BackupShelf.Source(
      site: site.folder, namedMedia: { try site.mediaInUse($0) }, goesOn: { !output.isInterrupted })
    do {
      let backup = try shelf.alone(for: site.folder) {
        try shelf.create(source, .asked, note: "before site doctor --fix", now: site.clock())
      }
      output.note(
        "The site as it was is the backup \(backup.name), for history undo cannot take back all that is mended: "
          + "sen backup restore \(backup.name)\(backup.isDamaged ? " --force" : "")")
    } catch let error as DatabaseError where Examination.isDamage(error) {
      output.note("There is no backup of the site as it was, for its database cannot be read")
    }
  }

  private var examination: Examination {
    Examination(
      site.registry.shapes, sideTables: site.registry.sideTables,
      roles: Role.allCases.reversed().map(\.rawValue),
      actor: site.actor, now: site.clock())
  }

  private func look() throws -> Findings {
    output.progress("doctor", done: 0, total: 3)
    var ailments = try readAsFarAsPossible { try examination.ailments($0) } ?? []
    ailments += try readAsFarAsPossible { try settings($0) } ?? []
    ailments +=
      try readAsFarAsPossible {
        try BlockCommands.complaints(site, $0).map { Ailment($0, isForPeople: true) }
      } ?? []
    output.progress("doctor", done: 1, total: 3)
    // An index over what cannot be read would be as wrong.
    if ailments.allSatisfy({ $0.mend != nil || $0.isForPeople }) {
      ailments +=
        try readAsFarAsPossible { try examination.searchAilments($0) { !output.isInterrupted } } ?? []
    }
    output.progress("doctor", done: 2, total: 3)
    let media = MediaExamination(site) { !output.isInterrupted }
    let files =
      try (readAsFarAsPossible { try media.named($0) } ?? []) + media.damaged()
    output.progress("doctor", done: 3, total: 3)
    let registry = site.registry
    let declared = try readAsFarAsPossible {
      try Schema.drift(
        $0, shapes: registry.shapes, sideTables: registry.sideTables)
    }
    // A column that can be added is told above.
    let known = Set(ailments.map(\.text))
    ailments = try ailments.map { try LostContent(site).tell($0) }
    let differing = (declared ?? []).filter { !known.contains($0) }
    let complaints = try registry.plugins.reduce(into: differing) { complaints, plugin in
      complaints += try readAsFarAsPossible { try plugin.complaints(site, $0) } ?? []
    }
    return Findings(database: ailments, files: files, complaints: complaints)
  }

  /// Settings that cannot be used.
  private func settings(_ db: Database) throws -> [Ailment] {
    // That there is no table of them is told by the examination.
    guard try db.tableExists("setting") else { return [] }
    return try Site.sound(Site.settingRows(db), site.settingGroups).faults.compactMap { fault in
      guard let name = fault.name else { return nil }
      return Ailment("\(fault.text); mended it is not set; set it: sen config set \(name) VALUE") {
        try $0.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
      }
    }
  }

  /// Leaves out pages that belong to nothing any more.
  private func compact() throws {
    guard try readAsFarAsPossible({ try examination.hasLostPages($0) }) == true else { return }
    try site.database.pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
  }

  /// What `body` sees; damaged pages, which the first part of the look tells of, hide what they hide.
  private func readAsFarAsPossible<Value>(_ body: (Database) throws -> Value) throws -> Value? {
    var value: Value?
    do {
      // The end of a transaction that met a damaged page fails as well.
      try site.read { value = try body($0) }
    } catch let error as DatabaseError where Examination.isDamage(error) {}
    return value
  }

  /// Makes anew what only repeats what tables have.
  private func mendPages(_ ailments: [Ailment]) throws {
    guard !context.isDryRun, !ailments.isEmpty else { return }
    for mend in ailments.compactMap(\.mend) {
      do {
        try site.database.pool.writeWithoutTransaction { db in
          try db.inTransaction(.immediate) {
            try mend(db)
            return .commit
          }
        }
      } catch let error as DatabaseError
        where Examination.isDamage(error) || error.resultCode == .SQLITE_CONSTRAINT
      {
        // It is told again.
      }
    }
    try compact()
  }

  /// Mends the rest in one operation; where damaged pages are left, nothing of it can be written, and it is told again.
  private func mendDatabase() throws {
    do { try mendRows() } catch let error as DatabaseError where Examination.isDamage(error) {}
  }

  private func mendRows() throws {
    var failed: Set<String> = []
    try site.write(isDryRun: context.isDryRun) { operation in
      // What was mended may have hidden something else: fields that have their item again have their references again.
      for _ in 0..<5 {
        var ailments = try examination.ailments(operation.db)
        if ailments.isEmpty {
          ailments = try examination.searchAilments(operation.db) { !output.isInterrupted }
        }
        ailments += try settings(operation.db)
        let mendable = ailments.filter { $0.mend != nil && !failed.contains($0.text) }
        guard !mendable.isEmpty else { return }
        for ailment in mendable {
          guard let reason = try reasonAgainst(ailment, operation.db) else { continue }
          failed.insert(ailment.text)
          output.note("could not mend: \(ailment.text) (\(reason))")
        }
      }
    }
  }

  /// Mends one thing; damaged pages may keep it from being mended, and then it is told again.
  /// - Returns: what else stands against it, which keeps nothing else from being mended.
  private func reasonAgainst(_ ailment: Ailment, _ db: Database) throws -> String? {
    do {
      try db.inSavepoint {
        try ailment.mend?(db)
        return .commit
      }
      return nil
    } catch let error as DatabaseError where Examination.isDamage(error) {
      return nil
    } catch let error as DatabaseError
      where [.SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
    {
      return error.message ?? "\(error.resultCode)"
    }
  }

  /// Tells what is wrong and how to go on.
  private func conclude(_ findings: Findings, isLeft: Bool) throws {
    for text in findings.texts { output.note(text) }
    let unused = try readAsFarAsPossible { db in
      let used = try site.mediaInUse(db)
      return try site.mediaFiles().count { !used.contains($0) }
    }
    if let unused, unused > 0 {
      output.note("No item uses \(Counted.text(unused, "file")): sen media prune")
    }
    let leftovers = try MediaExamination(site).leftovers().count
    if leftovers > 0 {
      output.note(
        "\(Counted.text(leftovers, "file")) half made by processes that are gone; --fix removes what they left"
      )
    }
    guard !findings.texts.isEmpty else { return output.note("Nothing\(isLeft ? " else" : "") is wrong") }
    if !isLeft, !findings.mendable.texts.isEmpty || !findings.complaints.isEmpty {
      output.note("What can be mended is mended by: sen site doctor --fix")
    }
    if !findings.others.database.allSatisfy(\.isForPeople) {
      let last = try BackupShelf(site: site.folder).entries().compactMap(\.backup).last { !$0.isDamaged }
      output.note(
        last.map {
          "What is in site.db and cannot be mended is in the last backup: sen backup restore \($0.name)"
        }
          ?? "There is no backup to go back to. Save what can be read: sen export ndjson --to FILE")
    }
    throw DoneInPart()
  }
}
