import Foundation
import GRDB
import Rendering
import SenKernel
import Storage

/// Which pages a run makes.
extension Publisher {
  /// Which pages are made, and of which state of the site.
  struct Plan {
    /// Counts the runs of the tree.
    let run: Int64
    let now: Date
    let stamp: ContentStamp
    /// What all pages share, as a digest.
    let shared: String
    let addresses: [PageAddress]
    let isWhole: Bool
    /// Whether somebody has taken files out of the tree.
    let hasLost: Bool
  }

  func plan(_ isWhole: Bool) throws -> Plan {
    let now = site.clock()
    let (stamp, shared) = try site.read { db in
      (try ContentStamp(db, now: now), try maker.shared(db, now: now))
    }
    let digest = try SHA256.hex(Array("\(isRelative)\u{0}\(shared)".utf8))
    let last = try lastRun()
    let run = try max(manifest.state("run").flatMap(Int64.init) ?? 0, manifest.begun()) + 1
    func plan(_ addresses: [PageAddress], isWhole: Bool, hasLost: Bool = false) -> Plan {
      Plan(
        run: run, now: now, stamp: stamp, shared: digest, addresses: addresses, isWhole: isWhole,
        hasLost: hasLost)
    }
    if !isWhole, let last, last.shared == digest {
      let changes = try changes(since: last, now)
      if !changes.isEverything {
        let hasLost = try manifest.noteLost(in: folder)
        return plan(try partial(changes, now), isWhole: false, hasLost: hasLost)
      }
    }
    return plan(try whole(), isWhole: true)
  }

  struct Last {
    let run: Int64
    let stamp: ContentStamp
    let moment: Date
    let shared: String
    /// Which operation that was; nil where it is not known.
    let mark: String?
  }

  func lastRun() throws -> Last? {
    guard let run = try manifest.state("run").flatMap(Int64.init),
      let operation = try manifest.state("operation").flatMap(Int64.init),
      let moment = try manifest.state("moment").flatMap(Timestamp.date),
      let shared = try manifest.state("shared")
    else { return nil }
    // One that was written before this was told is looked at again.
    let rows = try manifest.state("rows").flatMap(Int64.init) ?? -1
    return Last(
      run: run, stamp: ContentStamp(operation: operation, rows: rows), moment: moment, shared: shared,
      mark: try manifest.state("mark"))
  }

  func changes(since last: Last, _ now: Date) throws -> ContentChanges {
    try site.read { db in
      // Of a copy of the site, or of one that a backup was restored as, the same number may be another operation.
      guard try last.mark == mark(of: last.stamp, db) else { return .everything }
      return try ContentChanges(since: last.stamp, at: last.moment, site, db, now: now)
    }
  }

  /// What tells the last operation of a state from another of the same number: it stays the same for as long as the
  /// journal has it.
  func mark(of stamp: ContentStamp, _ db: Database) throws -> String {
    guard let entry = try Journal.entry(stamp.operation, db) else { return "" }
    return [Timestamp.text(entry.at), entry.actor ?? "", entry.door, entry.command].joined(separator: "\n")
  }

  private func whole() throws -> [PageAddress] {
    var addresses: [PageAddress] = Self.fixed
    try site.read { db in
      for (noun, type) in site.registry.pages.sorted(by: { $0.key < $1.key }) {
        if type.index != nil { addresses.append(.list(noun: noun)) }
        let rows = try Row.fetchCursor(
          db,
          sql:
            "SELECT slug FROM item WHERE type = ? AND state = 'published' AND trashedAt IS NULL ORDER BY id",
          arguments: [noun])
        while let row = try rows.next() { addresses.append(.item(noun: noun, slug: row[0])) }
      }
    }
    return addresses
  }

  private static let fixed: [PageAddress] =
    [.front, .contents, .robots, .sitemapIndex, .newsSitemap]
    + FeedFormat.allCases.map { .feed($0, of: .site) }

  private func partial(_ changes: ContentChanges, _ now: Date) throws -> [PageAddress] {
    // What stood in the way the last time may be gone by now.
    let pages = try manifest.leftAlone().filter { !$0.hasPrefix("media/") }
    var addresses = Set(try (manifest.touched(by: changes, now: now) + pages).compactMap(Self.address))
    // They say when anything was changed last, and name parts that are new.
    if !changes.isEmpty { addresses.formUnion([.sitemapIndex, .sitemap(noun: "site", part: 1)]) }
    try site.read { db in
      for id in changes.items {
        let row = try Row.fetchOne(
          db.cachedStatement(sql: "SELECT type, slug FROM item WHERE id = ?"), arguments: [id])
        if let row, site.registry.pages[row[0]] != nil { addresses.insert(.item(noun: row[0], slug: row[1])) }
      }
    }
    return addresses.sorted { $0.path < $1.path }
  }
}
