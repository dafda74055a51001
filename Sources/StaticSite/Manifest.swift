import Foundation
import GRDB
import Rendering
import SenKernel
import Storage

/// What a published tree consists of, and what each of its files was made from; kept in the tree itself, in
/// `.sen/published.db`. Whatever is not in it is somebody else's, and never touched.
final class Manifest {
  /// A file that was written, or is about to be.
  struct Entry {
    let path: String
    let hash: Int64
    let trace: PageTrace
  }

  private let queue: DatabaseQueue
  private let tree: String
  /// The media that files of this run lead to, and those that they led to before; whoever plans has the lock.
  private(set) var arrived: Set<String> = []
  private(set) var released: Set<String> = []

  init(folder: String) throws {
    let own = "\(folder)/.sen"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    var configuration = Configuration()
    // What a crash takes away is written once more; but an earlier state must not come back behind newer files.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    // Of two that publish at once, the one that has to wait for the tree is told so before long.
    configuration.busyMode = .timeout(10)
    tree = folder
    queue = try Self.telling(folder) {
      try DatabaseQueue(path: "\(own)/published.db", configuration: configuration)
    }
    if try read({ try Self.version($0) }) < 1 { try write { try Self.prepare($0) } }
  }

  func close() throws { try queue.close() }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.telling(tree) { try queue.read(body) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.telling(tree) { try queue.write(body) }
  }

  // MARK: What was

  func state(_ name: String) throws -> String? {
    try read {
      try String.fetchOne($0, sql: "SELECT value FROM state WHERE name = ?", arguments: [name])
    }
  }

  /// What files were written with, of those that are known; nil for what was only begun.
  func hashes(of paths: [String]) throws -> [String: Int64?] {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT hash, pending FROM file WHERE path = ?")
      var hashes: [String: Int64?] = [:]
      for path in paths {
        guard let row = try Row.fetchOne(statement, arguments: [path]) else { continue }
        hashes[path] = .some(row[1] == 0 ? row[0] : nil)
      }
      return hashes
    }
  }

  func has(_ path: String) throws -> Bool {
    try read { try Bool.fetchOne($0, sql: "SELECT 1 FROM file WHERE path = ?", arguments: [path]) }
      ?? false
  }

  /// The files that are others now, or were not finished the last time, or are older than they may be.
  func touched(by changes: ContentChanges, now: Date) throws -> [String] {
    try read { db in
      let nouns = JSONList.of(names: changes.nouns.sorted())
      let items = JSONList.of(numbers: changes.items.sorted())
      return try String.fetchAll(
        db,
        sql: """
          SELECT path FROM file WHERE pending > 0
          UNION SELECT path FROM file JOIN onNoun ON fileId = id WHERE noun IN (SELECT value FROM json_each(?1))
          UNION SELECT path FROM file JOIN onItem ON fileId = id WHERE itemId IN (SELECT value FROM json_each(?2))
          UNION SELECT path FROM file JOIN expiry ON fileId = id WHERE at <= ?3
          """, arguments: [nouns, items, Timestamp.text(now)])
    }
  }

  // MARK: What is

  /// Writes down that a run begins; one that does not come to its end has had its number all the same.
  func begin(_ run: Int64) throws {
    try write {
      try $0.execute(sql: "INSERT OR REPLACE INTO state VALUES ('begun', ?)", arguments: [String(run)])
    }
  }

  /// The last run that has begun; 0 for none.
  func begun() throws -> Int64 { try state("begun").flatMap(Int64.init) ?? 0 }

  /// Writes down files that are about to be written.
  ///
  /// What a new file was made from is only noted with it, for `enter` to bring in order: entered one by one, in the order
  /// of the files and not of the items, it would take twice the time.
  func plan(_ entries: [Entry], run: Int64) throws {
    try write { db in
      let known = try db.cachedStatement(sql: "SELECT id, pending FROM file WHERE path = ?")
      let new = try db.cachedStatement(
        sql: """
          INSERT INTO file (path, hash, pending, run, items, nouns, media) VALUES (?, ?, \(Self.new), ?, ?, ?, ?)
          """)
      let old = try db.cachedStatement(
        sql: """
          UPDATE file SET hash = ?2, run = ?3, items = ?4, nouns = ?5, media = ?6,
            pending = CASE WHEN hash = ?2 THEN pending ELSE max(pending, 1) END
          WHERE id = ?1
          """)
      for entry in entries {
        let items = JSONList.of(numbers: entry.trace.items.sorted())
        let nouns = JSONList.of(names: entry.trace.nouns.sorted())
        let media = JSONList.of(names: entry.trace.media.sorted())
        let id: Int64
        if let row = try Row.fetchOne(known, arguments: [entry.path]) {
          id = row[0]
          let isEntered = row[1] != Self.new
          if isEntered { try forget(id, db) }
          try old.execute(arguments: [id, entry.hash, run, items, nouns, media])
          if isEntered { try enter(db, "file.id = ?", [id]) }
        } else {
          try new.execute(arguments: [entry.path, entry.hash, run, items, nouns, media])
          id = db.lastInsertedRowID
        }
        arrived.formUnion(entry.trace.media)
        if let expiry = entry.trace.expiry {
          try db.cachedStatement(sql: "INSERT OR REPLACE INTO expiry (at, fileId) VALUES (?, ?)")
            .execute(arguments: [Timestamp.text(expiry), id])
        }
      }
    }
  }

  /// Brings in order what new files were made from, so that it can be asked for.
  func enter() throws { try write { try enterNew($0) } }

  private func enterNew(_ db: Database) throws {
    // The first condition names the index.
    let isNew = "pending > 0 AND pending = \(Self.new)"
    try enter(db, isNew)
    try db.execute(sql: "UPDATE file SET pending = 1 WHERE \(isNew)")
  }

  private func enter(_ db: Database, _ files: String, _ arguments: StatementArguments = []) throws {
    for trace in Self.traces {
      try db.cachedStatement(
        sql: """
          INSERT INTO \(trace.table) SELECT value, file.id FROM file, json_each(\(trace.column)) WHERE \(files)
          ORDER BY 1, 2
          """
      ).execute(arguments: arguments)
    }
  }

  private func forget(_ id: Int64, _ db: Database) throws {
    released.formUnion(
      try String.fetchAll(
        db.cachedStatement(sql: "SELECT value FROM file, json_each(media) WHERE file.id = ?"),
        arguments: [id]))
    for trace in Self.traces {
      try db.cachedStatement(
        sql: """
          DELETE FROM \(trace.table) WHERE fileId = ?1
            AND \(trace.key) IN (SELECT value FROM file, json_each(\(trace.column)) WHERE file.id = ?1)
          """
      ).execute(arguments: [id])
    }
    try db.cachedStatement(sql: "DELETE FROM expiry WHERE fileId = ?").execute(arguments: [id])
  }

  /// The further parts of the lists on items' pages, by `noun/slug`: those written since a run, and not gone by now.
  func parts(since run: Int64, without gone: Set<String>) throws -> [String: [Int]] {
    try read { db in
      var parts: [String: [Int]] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT path FROM file WHERE run >= ? AND path GLOB '*/*/[1-9]*/index.html'
            AND path NOT IN (SELECT path FROM former)
          """, arguments: [run])
      while let row = try rows.next() {
        if gone.contains(row[0]) { continue }
        let names = (row[0] as String).split(separator: "/")
        guard names.count == 4, names[1] != "-", let number = Int(names[2]) else { continue }
        parts["\(names[0])/\(names[1])", default: []].append(number)
      }
      return parts
    }
  }

  /// Files of earlier runs that this one has not written: all of them after a whole run, and after another those that
  /// were to be made and that nothing makes any more.
  func left(by run: Int64, isWhole: Bool) throws -> [String] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT path FROM file WHERE run < ?\(isWhole ? "" : " AND pending > 0")", arguments: [run])
    }
  }

  func remove(_ paths: [String]) throws {
    try write { db in
      for path in paths {
        guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM file WHERE path = ?", arguments: [path])
        else { continue }
        try forget(id, db)
        try db.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [id])
      }
    }
  }

  /// Everything is there: what was planned is done.
  func finish(_ states: [String: String], former: [String: String]) throws {
    try write { db in
      try enterNew(db)
      try db.execute(sql: "UPDATE file SET pending = 0 WHERE pending > 0; DELETE FROM former")
      let statement = try db.cachedStatement(sql: "INSERT INTO former VALUES (?, ?)")
      for (path, madeFrom) in former { try statement.execute(arguments: [path, madeFrom]) }
      for (name, value) in states {
        try db.execute(sql: "INSERT OR REPLACE INTO state VALUES (?, ?)", arguments: [name, value])
      }
    }
  }
}
