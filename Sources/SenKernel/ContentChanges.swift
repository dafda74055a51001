import ContentModel
public import Foundation
public import GRDB
import Storage

/// What has changed of the content since a moment, as far as pages have to know.
public struct ContentChanges: Sendable {
  /// Items that are others now, or no more, or new.
  public private(set) var items: Set<Int64> = []
  /// Nouns of which lists may hold other items now, or others first.
  public private(set) var nouns: Set<String> = []
  /// Whether anything may have changed: a setting, rows that belong to no item, or more than the journal still knows.
  public private(set) var isEverything = false

  /// That anything may have changed.
  public static let everything: ContentChanges = {
    var changes = ContentChanges()
    changes.isEverything = true
    return changes
  }()

  private init() {}

  /// Whether nothing has changed that pages show.
  public var isEmpty: Bool { !isEverything && items.isEmpty && nouns.isEmpty }

  /// Whether a page is another now, by what it was made from.
  public func touch(items: Set<Int64>, nouns: Set<String>) -> Bool {
    isEverything || !self.items.isDisjoint(with: items) || !self.nouns.isDisjoint(with: nouns)
  }

  /// - Parameters:
  ///   - stamp: when one looked last.
  ///   - moment: the time at which one looked then; what appeared or disappeared since by the clock alone counts.
  public init(since stamp: ContentStamp, at moment: Date, _ site: Site, _ db: Database, now: Date) throws {
    try addByClock(from: moment, to: now, db)
    guard try !stamp.isLast(db) else { return }
    let last = try ContentStamp.last(db).operation
    // A journal that ends earlier is another one: the site was restored, or another was put in its place.
    guard last >= stamp.operation, try Journal.entry(stamp.operation, db) != nil || stamp.operation == 0
    else {
      isEverything = true
      return
    }
    var looked = Looked(site, db)
    try Journal.each(db) { entry in
      // Of the last one that was seen, all that it is now: what was seen of it is not known.
      let isNew = entry.id > stamp.operation || entry.id == stamp.operation && entry.rows != stamp.rows
      guard isNew, !isEverything else { return false }
      guard entry.size > 0 || entry.rows == 0 else {
        isEverything = true
        return false
      }
      try Journal.eachRow(of: entry.id, db) { row in
        try add(row, &looked)
        return !isEverything
      }
      return true
    }
  }

  private mutating func addByClock(from: Date, to: Date, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          \(ContentStamp.nouns)
          SELECT id, type FROM nouns CROSS JOIN item ON type = noun
            WHERE publishAt > ?1 AND publishAt <= ?2 AND state = 'published'
          UNION ALL SELECT id, type FROM item WHERE expireAt > ?1 AND expireAt <= ?2 AND state = 'published'
          """), arguments: [Timestamp.text(from), Timestamp.text(to)])
    while let row = try rows.next() {
      items.insert(row[0])
      nouns.insert(row[1])
    }
  }

  /// Columns of `item` that decide in which lists an item stands and where.
  private static let deciding: Set<String> = [
    "type", "state", "language", "publishAt", "expireAt", "trashedAt", "position",
  ]
  /// Tables whose rows no page shows.
  private static let unseen: Set<String> = ["revision", "redirect", "user", "credential"]

  private mutating func add(_ row: Patch.Row, _ looked: inout Looked) throws {
    if Self.unseen.contains(row.table) { return }
    let changed = try zip(looked.columns(row.table), row.values).compactMap { $1 == nil ? nil : $0 }
    if row.table == "item" || looked.site.registry.shape(row.table) != nil, let id = row.rowid {
      items.insert(id)
      if row.table == "item", row.kind == .restores,
        let place = try looked.columns("item").firstIndex(of: "type"),
        let type = row.values[place].flatMap({ String.fromDatabaseValue($0) })
      {
        looked.types[id] = type
      }
      let moves =
        switch row.kind {
        case .removes, .restores: true
        case .changes:
          row.table == "item"
            ? !Self.deciding.isDisjoint(with: changed)
            : looked.site.registry.shape(row.table).map { shape in
              changed.contains { column in shape[column].map { Self.orders($0.kind) } ?? false }
            } ?? true
        }
      if moves, let type = try looked.type(of: id) { nouns.insert(type) }
    } else if row.table == "itemLink",
      let id = row.values.first.flatMap({ $0 }).flatMap(Int64.fromDatabaseValue)
    {
      items.insert(id)
      if let type = try looked.type(of: id) { nouns.insert(type) }
    } else if let table = looked.site.registry.sideTables.first(where: { $0.name == row.table }),
      table.noun != nil,
      let id = try looked.owner(of: row, in: table)
    {
      items.insert(id)
    } else {
      isEverything = true
    }
  }

  /// Whether lists may be made or ordered by such a field; texts are only shown.
  private static func orders(_ kind: FieldKind) -> Bool {
    switch kind {
    case .text, .texts, .url, .media: false
    case .integer, .real, .bool, .date, .choice, .reference, .references: true
    }
  }

  /// What was looked up on the way.
  private struct Looked {
    let site: Site
    let db: Database
    var types: [Int64: String] = [:]
    private var tables: [String: [String]] = [:]

    init(_ site: Site, _ db: Database) { (self.site, self.db) = (site, db) }

    mutating func columns(_ table: String) throws -> [String] {
      if let known = tables[table] { return known }
      let columns = try db.columns(in: table).map(\.name)
      tables[table] = columns
      return columns
    }

    mutating func type(of id: Int64) throws -> String? {
      if let known = types[id] { return known }
      let type = try site.store.type(of: id, db)
      types[id] = type
      return type
    }

    /// The item that a row of a side table belongs to; nil where nobody knows any more.
    mutating func owner(of row: Patch.Row, in table: SideTable) throws -> Int64? {
      if let place = try columns(table.name).firstIndex(of: "itemId"),
        let id = row.values[place].flatMap({ Int64.fromDatabaseValue($0) })
      {
        return id
      }
      guard let rowid = row.rowid else { return nil }
      return try Int64.fetchOne(
        db, sql: "SELECT itemId FROM \"\(table.name)\" WHERE id = ?", arguments: [rowid])
    }
  }
}
