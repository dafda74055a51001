import ContentModel
import GRDB
import Storage

/// In whose right an operation acts; looked up once, and only where somebody asks.
final class Warrant {
  enum Standing {
    /// Nobody is declared, or the site itself acts: visitors and jobs.
    case all
    case user(User)
    case stranger

    init(of actor: String?, _ db: Database) throws {
      guard try User.exist(db) else {
        self = .all
        return
      }
      self = try actor.flatMap { try User.named($0, db) }.map { .user($0) } ?? .stranger
    }

    /// The user that acts; nil where everything is allowed. Refuses who may do nothing.
    func user(_ actor: String?, _ what: () -> String) throws -> User? {
      switch self {
      case .all: return nil
      case .user(let user):
        guard user.isDisabled else { return user }
        throw Refusal(
          .declined, "“\(user.name)” is disabled and may not \(what())",
          hint: "An administrator can change that: user enable \(user.name)")
      case .stranger:
        throw Refusal(
          .declined, "“\(actor ?? "nobody")” is no user of this site and may not \(what())",
          hint: "Say who you are: --as NAME or $SEN_USER; see: user list")
      }
    }
  }

  fileprivate var standing: Standing?
  private var depth = 0
  fileprivate var isSite: Bool { depth > 0 }

  /// Whether somebody at the files themselves meets a site that nobody can administer.
  static func isOrphaned(_ db: Database, _ door: Occasion.Door) throws -> Bool {
    guard [.shell, .console, .script].contains(door) else { return false }
    do {
      return try !User.all(db).contains { $0.role == .administrator && !$0.isDisabled }
    } catch let error as DatabaseError where Examination.isDamage(error) {
      return true
    }
  }

  /// Runs what follows from something allowed, such as rules.
  func asSite<Value>(_ body: () throws -> Value) rethrows -> Value {
    depth += 1
    defer { depth -= 1 }
    return try body()
  }
}

/// The rights of the actor. Refusals are `.declined`: nothing is wrong with what was asked, and nothing stands in its
/// way but who asks.
extension Operation {
  /// The user that acts; nil where everything is allowed.
  private func user(_ what: @autoclosure () -> String) throws -> User? {
    if warrant.isSite { return nil }
    let standing = try warrant.standing ?? lookUp()
    warrant.standing = standing
    return try standing.user(site.actor, what)
  }

  private func lookUp() throws -> Warrant.Standing {
    let door = site.occasion.door
    if door == .job || door == .web && site.actor == nil { return .all }
    return try Warrant.Standing(of: site.actor, db)
  }

  /// Refuses who is no user of the site, where it has users.
  func refuseStranger() throws {
    do { _ = try user("write") } catch {
      guard try isOrphaned else { throw error }
    }
  }

  /// Whether damage has left the site without an administrator, which no operation does. As with a site that has no
  /// users, whoever can write to its files may then do what is an administrator's; nobody may from the web.
  var isOrphaned: Bool {
    get throws { try Warrant.isOrphaned(db, site.occasion.door) }
  }

  /// Whether the actor may change content whosever it is, and what arranges the site.
  var mayChangeAll: Bool {
    get throws { try user("write").map { Rights.extent($0.role, .edit, .structure) == .any } ?? true }
  }

  /// Refuses what the actor may not do to the site as a whole.
  func require(_ right: Rights.Right, _ what: String) throws {
    do {
      guard let user = try user(what) else { return }
      guard Rights.extent(user.role, right, .structure) != .any else { return }
      throw Self.refusal(user, what, Rights.leastRole(right, .structure, isOwn: false))
    } catch {
      guard right == .administer, try isOrphaned else { throw error }
    }
  }

  /// Refuses a change of an item that the actor may not make.
  /// - Parameters:
  ///   - old: nil for a new item.
  ///   - new: nil for one that is removed for good.
  func permit(_ old: Item?, _ new: Item?) throws {
    guard let envelope = (old ?? new)?.envelope else { return }
    let isTrashing = old?.envelope.trashedAt != (new ?? old)?.envelope.trashedAt
    let right: Rights.Right = old == nil ? .create : new == nil || isTrashing ? .delete : .edit
    // Taking out of the trash is as little anybody's as putting into it.
    let verb = old?.envelope.trashedAt != nil && new != nil && isTrashing ? "restore" : "\(right)"
    guard let user = try user("\(verb) \(Self.told(envelope))") else { return }
    // Whoever gives an item to somebody else has to have a right to those of others.
    let isOwn = [old, new].compactMap { $0 }.allSatisfy { $0.envelope.author == user.name }
    let author = Self.author(new?.envelope)
    let what =
      if let old, !isOwn, old.envelope.author == user.name {
        "give \(Self.named(envelope)) to \(author ?? "nobody")"
      } else if old == nil, author == nil {
        "create \(Self.named(envelope)), which has no author"
      } else {
        "\(verb) \(Self.told(envelope))"
      }
    try permit(user, right, envelope, isOwn: isOwn, what)
    if [old, new].contains(where: { $0.map { Self.isOut($0.envelope) } ?? false }) {
      let isPublishing =
        new.map { Self.isOut($0.envelope) } ?? false && !(old.map { Self.isOut($0.envelope) } ?? false)
      try permit(
        user, .publish, envelope, isOwn: isOwn,
        isPublishing ? "publish \(Self.told(envelope))" : "\(verb) what is published, \(Self.told(envelope))"
      )
    }
  }

  /// Refuses who may not change an item; for plugins that write what belongs to it with SQL of their own.
  public func permitChange(of id: Int64) throws {
    let item = try item(id)
    try permit(item, item)
  }

  /// Refuses who may not show an item to others before visitors see it: whoever has no hand in such items.
  func permitPreview(of item: Item) throws {
    let what = "show \(Self.told(item.envelope)) to others"
    guard let user = try user(what) else { return }
    try permit(user, .edit, item.envelope, isOwn: item.envelope.author == user.name, what)
  }

  /// Refuses an action of a plugin that is not for visitors.
  func permit(action: String, on item: Item) throws {
    let what = "\(action) \(Self.told(item.envelope))"
    guard let user = try user(what) else { return }
    try permit(user, .act, item.envelope, isOwn: item.envelope.author == user.name, what)
  }

  private func permit(
    _ user: User, _ right: Rights.Right, _ envelope: Envelope, isOwn: Bool, _ what: String? = nil
  ) throws {
    let kind = try Rights.Kind(site.shape(envelope.type))
    let extent = Rights.extent(user.role, right, kind)
    guard extent == .none || extent == .own && !isOwn else { return }
    throw Self.refusal(
      user, what ?? "\(right) \(Self.told(envelope))", Rights.leastRole(right, kind, isOwn: isOwn))
  }

  /// Whether visitors see it, or saw it: both are a publisher's to say.
  private static func isOut(_ envelope: Envelope) -> Bool {
    envelope.state == .published || envelope.state == .archived
  }

  /// `article 12 “Tin mới”`.
  private static func named(_ envelope: Envelope) -> String {
    let id = envelope.id == 0 ? "" : " \(envelope.id)"
    return "\(envelope.type)\(id) “\(envelope.title)”"
  }

  private static func told(_ envelope: Envelope) -> String {
    named(envelope) + (author(envelope).map { ", by \($0)" } ?? "")
  }

  private static func author(_ envelope: Envelope?) -> String? {
    envelope?.author.flatMap { $0.isEmpty ? nil : $0 }
  }

  static func refusal(_ user: User, _ what: String, _ least: Role) -> Refusal {
    let article = "aeiou".contains(least.rawValue.prefix(1)) ? "an" : "a"
    return Refusal(
      .declined, "“\(user.name)” (\(user.role.rawValue)) may not \(what); \(article) \(least.rawValue) may",
      hint: "Nothing was changed. Who is one: user list")
  }
}

extension Site {
  /// Refuses what the actor may not do beside operations: to files.
  func require(_ right: Rights.Right, _ what: String) throws {
    try read { try Operation(site: self, db: $0).require(right, what) }
  }

  /// Refuses who may not show an item to others before visitors see it.
  /// - Parameter id: of an item that is there.
  public func permitPreview(of id: Int64) throws {
    try read { db in
      let operation = Operation(site: self, db: db)
      try operation.permitPreview(of: operation.item(id))
    }
  }

  /// Refuses who may not look after the site, which is an editor's; for commands of plugins that change no item: files
  /// made of items, news of other servers, counts.
  /// - Parameter what: what they want to do, after “may not”: `make sizes anew`.
  public func permitMaintenance(_ what: String) throws { try require(.maintain, what) }
}

extension SitePlace {
  /// Refuses who is no administrator of the site, as far as it can still be asked.
  /// - Parameter replaces: whether the site is to be replaced, which that of a later Sen may be as well.
  func requireAdministrator(_ what: String, replaces: Bool = false) throws {
    let path = folder + "/site.db"
    guard !SiteDatabase.isEmpty(path) else { return }
    func standing(_ db: Database) throws -> Warrant.Standing {
      guard try db.tableExists("user"), try !Warrant.isOrphaned(db, occasion.door) else { return .all }
      return try Warrant.Standing(of: actor, db)
    }
    let found: Warrant.Standing
    do {
      found =
        try replaces && SiteDatabase.isOfLaterSen(path)
        ? SiteDatabase.glance(path, standing) : SiteDatabase(path: path).pool.read(standing)
    } catch is DatabaseError {
      // A site that cannot be opened is the very one to restore.
      return
    }
    guard let user = try found.user(actor, { what }), user.role != .administrator else { return }
    throw Operation.refusal(user, what, .administrator)
  }
}
