import ContentModel
import Formats
import GRDB
import Storage

/// The users of a site. All of it is an administrator's, but that everybody may change their own password.
extension Operation {
  /// Declares a user; the first one makes the site one of declared users, and is an administrator.
  func createUser(_ name: String, _ role: Role) throws {
    try require(.administer, "declare users")
    guard User.isName(name) else {
      throw Refusal(
        .invalid, "“\(name)” is no name of a user", field: "name",
        hint: "Letters, digits, . - _ @, such as lan or lan@xa.example.vn.")
    }
    guard User.normal(name) != User.system else {
      throw Refusal(
        .invalid, "“\(name)” is what the site itself is called in its history", field: "name",
        hint: "Choose another name.")
    }
    guard try User.named(name, db) == nil else {
      throw Refusal(.conflict, "There is a user “\(name)” already", hint: "See: user show \(name)")
    }
    guard try role == .administrator || User.exist(db) else {
      throw Refusal(
        .conflict, "The first user has to be an administrator, for nobody else could declare more",
        hint: "Example: user create \(name) --role administrator")
    }
    try User(name: name, role: role, createdAt: now).save(db)
  }

  func setRole(of name: String, to role: Role) throws {
    try require(.administer, "change roles")
    try change("role", of: name, to: role.rawValue)
  }

  func setDisabled(_ name: String, _ isDisabled: Bool) throws {
    try require(.administer, isDisabled ? "disable users" : "enable users")
    try change("isDisabled", of: name, to: isDisabled)
  }

  /// Changes one thing of a user, whatever else of it can be read: this is how a damaged role is set right.
  private func change(_ column: String, of name: String, to value: any DatabaseValueConvertible) throws {
    let wasOrphaned = try isOrphaned
    try db.execute(
      sql: "UPDATE user SET \(column) = ? WHERE name = ?", arguments: [value, User.normal(name)])
    // No row: a refusal that says so.
    if db.changesCount == 0 { _ = try User.required(name, db) }
    // Where more than one thing is damaged, they are set right one after the other.
    if !wasOrphaned { try refuseWithoutAdministrator() }
  }

  /// Removes a user.
  /// - Parameter heir: who becomes the author of what was theirs; needed where they wrote anything.
  /// - Returns: how many items went over.
  func deleteUser(_ name: String, reassigningTo heir: String?) throws -> Int {
    try require(.administer, "remove users")
    let user = try User.required(name, db)
    let name = user.name
    let items = try User.itemCount(of: name, db)
    if let heir {
      let heir = try User.required(heir, db)
      guard heir != user else {
        throw Refusal(.invalid, "“\(name)” cannot be given what is theirs", field: "reassign")
      }
      try reassign(from: name, to: heir.name)
    } else if items > 0 {
      throw Refusal(
        .conflict, "“\(name)” is the author of \(Counted.text(items, "item"))",
        hint:
          "Say whose they become: user delete \(name) --reassign NAME; or only shut the door: user disable \(name)"
      )
    }
    // The password goes with it, by the table's own rule.
    try db.execute(sql: "DELETE FROM user WHERE name = ?", arguments: [name])
    guard try User.exist(db) else { throw lastAdministrator }
    try refuseWithoutAdministrator()
    return items
  }

  /// Gives items to another author.
  private func reassign(from name: String, to heir: String) throws {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM item WHERE author = ? ORDER BY id", arguments: [name])
    for id in ids {
      guard let type = try site.store.type(of: id, db), site.registry.shape(type) != nil else {
        // Of a type that no plugin here declares.
        try site.store.countOn(id, db)
        try db.execute(sql: "UPDATE item SET author = ? WHERE id = ?", arguments: [heir, id])
        continue
      }
      try revise(id) { $0.envelope.author = heir }
    }
  }

  /// Refuses who may not set the password of a user.
  func permitPassword(of name: String) throws {
    let name = User.normal(name)
    if name == site.actor {
      try refuseStranger()
    } else {
      try require(.administer, "set the passwords of others")
    }
    _ = try User.required(name, db)
  }

  /// Sets what a user proves with that they are it. The log tells that it was set; it itself is in no journal, no
  /// export and no archive.
  func setPassword(of name: String, to password: String) throws {
    let name = User.normal(name)
    try permitPassword(of: name)
    guard password.count >= 8 else {
      throw Refusal(.invalid, "The password is too short: 8 characters at least", field: "password")
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO credential (userName, password) VALUES (?, ?)",
      arguments: [name, PasswordHash.make(password)])
    notice.beside.insert("user")
  }

  /// Refuses a site with users of whom none could administer it.
  func refuseWithoutAdministrator() throws {
    let users = try User.all(db)
    guard users.isEmpty || users.contains(where: { $0.role == .administrator && !$0.isDisabled }) else {
      throw lastAdministrator
    }
  }

  private var lastAdministrator: Refusal {
    Refusal(
      .conflict, "That would leave the site without an administrator",
      hint: "Make another one first: user set-role NAME administrator")
  }
}

extension Site {
  /// Whether a user has this password and may come in; for a door that asks.
  public func isUser(_ name: String, withPassword password: String) throws -> Bool {
    let stored = try read { db -> String? in
      guard let user = try User.named(name, db), !user.isDisabled else { return nil }
      return try String.fetchOne(
        db, sql: "SELECT password FROM credential WHERE userName = ?", arguments: [user.name])
    }
    return try stored.map { try PasswordHash.matches(password, $0) } ?? false
  }
}
