import ContentModel
import Foundation
import GRDB
import Vietnamese

/// Somebody who works on a site.
struct User: Equatable {
  let name: String
  var role: Role
  var isDisabled = false
  var createdAt: Date

  init(name: String, role: Role, createdAt: Date) {
    (self.name, self.role, self.createdAt) = (Self.normal(name), role, createdAt)
  }

  /// Who does what becomes due: nobody who could be declared. Whoever's clock or server begins it, it is not theirs.
  static let system = "system"

  /// A name as it is stored and compared: however it was typed, it is one user.
  static func normal(_ name: String) -> String { Normalization.nfc(name) }

  /// A user of an archive: `{"name":"lan","role":"editor","isDisabled":false,"createdAt":"2026-11-25T04:00:00Z"}`.
  init?(_ record: FieldMap) {
    guard let name = record["name"]?.text, Self.isName(name),
      let role = record["role"]?.text.flatMap(Role.init(rawValue:)),
      case .bool(let isDisabled)? = record["isDisabled"],
      let createdAt = record["createdAt"]?.text.flatMap({ Timestamp.date($0) })
    else { return nil }
    self.init(name: name, role: role, createdAt: createdAt)
    self.isDisabled = isDisabled
  }

  private init?(_ row: Row) {
    guard let role = Role(rawValue: row["role"]), let createdAt = Timestamp.date(row["createdAt"] as String)
    else { return nil }
    (name, self.role, self.createdAt) = (row["name"], role, createdAt)
    isDisabled = row["isDisabled"]
  }

  /// All that is said of a user; nothing of it is secret.
  var record: FieldMap {
    [
      "name": .text(name), "role": .text(role.rawValue), "isDisabled": .bool(isDisabled),
      "createdAt": .text(Timestamp.text(createdAt)),
    ]
  }

  /// Letters, digits and `.`, `-`, `_`, `@`, so that a name is one word everywhere; 64 bytes at most.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64 && !text.hasPrefix("-")
      && text.allSatisfy { $0.isLetter || $0.isNumber || ".-_@".contains($0) }
  }

  static func named(_ name: String, _ db: Database) throws -> User? {
    try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM user WHERE name = ?"), arguments: [normal(name)])
      .flatMap(User.init)
  }

  /// The user of this name, or a refusal.
  static func required(_ name: String, _ db: Database) throws -> User {
    guard let user = try named(name, db) else {
      throw Refusal(.notFound, "There is no user “\(name)”", hint: "See: user list")
    }
    return user
  }

  /// How many items somebody is the author of.
  static func itemCount(of name: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM item WHERE author = ?", arguments: [name]) ?? 0
  }

  static func all(_ db: Database) throws -> [User] {
    try Row.fetchAll(db, sql: "SELECT * FROM user ORDER BY name").compactMap(User.init)
  }

  static func exist(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM user)")) ?? false
  }

  func save(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO user (name, role, isDisabled, createdAt) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET role = excluded.role, isDisabled = excluded.isDisabled
        """, arguments: [name, role.rawValue, isDisabled, Timestamp.text(createdAt)])
  }
}
