public import ContentModel
public import Foundation
public import GRDB

/// What items were before their last changes.
extension ItemStore {
  /// A former version of an item.
  public struct Revision: Sendable {
    public let version: Int64
    /// Who replaced it, and when.
    public let actor: String?
    public let at: Date
    public let item: Item
    /// The slugs that its tags had, by their ids: a tag may have been merged into another since.
    public let tagSlugs: [Int64: String]
  }

  /// Keeps `item` as it is now in the database, which is about to be replaced.
  public func saveRevision(_ item: Item, actor: String?, at date: Date, _ db: Database) throws {
    let table = try table(item.envelope.type)
    var snapshot = Snapshot(item, table.shape)
    if !item.tags.isEmpty {
      let slugs = try item.tags.compactMap { id in try name(of: id, .slug, db).map { (String(id), $0) } }
      snapshot.tagSlugs = Dictionary(slugs, uniquingKeysWith: { first, _ in first })
    }
    try db.cachedStatement(
      sql: "INSERT INTO revision (itemId, version, actor, at, snapshot) VALUES (?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        item.envelope.id, item.envelope.version, actor, Timestamp.text(date),
        try snapshot.json(),
      ])
  }

  /// The former versions of an item, oldest first.
  public func revisions(of id: Int64, _ db: Database) throws -> [Revision] {
    try revisions("itemId = ?1", of: id, [id], db)
  }

  /// One former version of an item; nil if it has none of that number.
  public func revision(_ version: Int64, of id: Int64, _ db: Database) throws -> Revision? {
    try revisions("itemId = ?1 AND version = ?2", of: id, [id, version], db).first
  }

  /// Whether a former version of that number is kept, readable or not.
  func revision(hasVersion version: Int64, of id: Int64, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM revision WHERE itemId = ? AND version = ?)"),
      arguments: [id, version]) ?? false
  }

  /// Who has replaced a version from `version` on, each once, the first first.
  public func actors(of id: Int64, since version: Int64, _ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT actor FROM revision WHERE itemId = ? AND version >= ? AND actor IS NOT NULL
        GROUP BY actor ORDER BY min(version)
        """, arguments: [id, version])
  }

  private func revisions(
    _ condition: String, of id: Int64, _ arguments: StatementArguments, _ db: Database
  ) throws -> [Revision] {
    guard let current = try fetch(id, db) else { return [] }
    let shape = try table(current.envelope.type).shape
    let rows = try Row.fetchAll(
      db, sql: "SELECT version, actor, at, snapshot FROM revision WHERE \(condition) ORDER BY version",
      arguments: arguments)
    return try rows.map { row in
      let place = "version \(row[0] as Int64) of \(current.envelope.told)"
      guard let at = Timestamp.date(row[2] as String) else {
        throw DamagedValue("“\(row[2] as String)” is not a date", at: place)
      }
      guard let snapshot = try? Snapshot(json: row[3]) else {
        throw DamagedValue("it cannot be read", at: place)
      }
      return Revision(
        version: row[0], actor: row[1], at: at, item: snapshot.item(current, shape, version: row[0]),
        tagSlugs: Dictionary(
          (snapshot.tagSlugs ?? [:]).compactMap { key, slug in Int64(key).map { ($0, slug) } },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The ids of all items that carry a tag.
  public func carriers(of tag: Int64, _ db: Database) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT itemId FROM itemLink WHERE targetId = ? AND field = 'tags' ORDER BY itemId",
      arguments: [tag])
  }
}

/// An item as a revision keeps it: its fields by name, as JSON, so that a later declaration can still read it.
struct Snapshot: Codable {
  enum Value: Codable, Hashable {
    case text(String)
    case integer(Int64)
    case real(Double)
    case list([Value])
  }

  var envelope: [String: String] = [:]
  var values: [String: Value] = [:]
  var tags: [Int64] = []
  /// Slugs of the tags by their ids; nil in snapshots of the first Sen.
  var tagSlugs: [String: String]?

  init(_ item: Item, _ shape: Shape) {
    let source = item.envelope
    envelope = ["slug": source.slug, "title": source.title, "state": source.state.rawValue]
    (envelope["uid"], envelope["origin"]) = (source.uid, source.origin)
    envelope["createdAt"] = Timestamp.text(source.createdAt)
    envelope["author"] = source.author
    envelope["language"] = source.language
    envelope["updatedAt"] = Timestamp.text(source.updatedAt)
    envelope["publishAt"] = source.publishAt.map(Timestamp.text)
    envelope["expireAt"] = source.expireAt.map(Timestamp.text)
    envelope["trashedAt"] = source.trashedAt.map(Timestamp.text)
    envelope["position"] = source.position.map(String.init)
    tags = item.tags
    for (field, value) in zip(shape.fields, item.values) where !field.has(.secret) {
      values[field.name] = Self.value(value)
    }
  }

  init(json: String) throws { self = try JSONDecoder().decode(Snapshot.self, from: Data(json.utf8)) }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// `current` as it was; fields that the snapshot does not know have their initial values, secrets the present
  /// one.
  func item(_ current: Item, _ shape: Shape, version: Int64) -> Item {
    var item = current
    item.envelope.slug = envelope["slug"] ?? current.envelope.slug
    item.envelope.title = envelope["title"] ?? current.envelope.title
    item.envelope.state = envelope["state"].flatMap(State.init) ?? current.envelope.state
    item.envelope.uid = envelope["uid"] ?? current.envelope.uid
    if let createdAt = envelope["createdAt"].flatMap({ Timestamp.date($0) }) {
      // The first versions of Sen kept neither this nor the origin.
      (item.envelope.createdAt, item.envelope.origin) = (createdAt, envelope["origin"])
    }
    item.envelope.author = envelope["author"]
    item.envelope.language = envelope["language"]
    item.envelope.updatedAt =
      envelope["updatedAt"].flatMap { Timestamp.date($0) } ?? current.envelope.updatedAt
    item.envelope.publishAt = envelope["publishAt"].flatMap { Timestamp.date($0) }
    item.envelope.expireAt = envelope["expireAt"].flatMap { Timestamp.date($0) }
    item.envelope.trashedAt = envelope["trashedAt"].flatMap { Timestamp.date($0) }
    item.envelope.position = envelope["position"].flatMap { Int64($0) }
    item.envelope.version = version
    item.tags = tags
    item.values = zip(shape.fields, current.values).map { field, present in
      if field.has(.secret) { return present }
      return values[field.name].map { Self.fieldValue($0, field.kind) }
        ?? (field.isOptional ? .null : field.initial)
    }
    return item
  }

  private static func value(_ value: FieldValue) -> Value? {
    switch value {
    case .null, .map: nil
    case .bool(let bool): .integer(bool ? 1 : 0)
    case .integer(let integer): .integer(integer)
    case .real(let real): .real(real)
    case .text(let text): .text(text)
    case .date(let date): .text(Timestamp.text(date))
    case .list(let values): .list(values.compactMap(Self.value))
    }
  }

  private static func fieldValue(_ value: Value, _ kind: FieldKind) -> FieldValue {
    switch (value, kind) {
    case (.integer(let integer), .bool): .bool(integer != 0)
    case (.integer(let integer), .real): .real(Double(integer))
    case (.integer(let integer), _): .integer(integer)
    case (.real(let real), _): .real(real)
    case (.text(let text), .date): Timestamp.date(text).map { .date($0) } ?? .null
    case (.text(let text), _): .text(text)
    case (.list(let values), _): .list(values.map { fieldValue($0, .text) })
    }
  }
}
