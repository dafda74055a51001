import ContentModel
import Formats
import GRDB

/// The users that an archive brings, and what those have to be told who bring them.
extension Archive {
  /// The users that an archive brought.
  struct ArrivedUsers {
    /// Whether the site had none before.
    let areFirst: Bool
    var created = 0
    var updated = 0
    /// Whether who imports is a user now.
    var knowsActor = true
    /// Who can go on with it.
    var administrator: String?
  }

  static func tell(_ users: ArrivedUsers?, _ context: CommandContext) throws {
    guard let users, users.created + users.updated > 0 else { return }
    let dry = context.isDryRun ? "Dry run, nothing written: " : ""
    context.output.note(
      "\(dry)users: created \(users.created), updated \(users.updated); passwords are in no archive")
    if users.areFirst {
      context.output.note("\(dry)from now on only users of this site may write to it; see: user list")
    }
    guard !users.knowsActor else { return }
    let name = users.administrator ?? "NAME"
    context.output.note(
      "\(try context.site.actor ?? "Nobody") is none of them; to go on say who you are: --as \(name), or SEN_USER=\(name)"
    )
  }

  /// Users that are here already keep their roles, unless the policy is to update or to fail.
  static func readUsers(
    _ source: ByteSource, _ policy: ConflictPolicy, _ operation: Operation
  ) throws -> ArrivedUsers {
    var arrived = ArrivedUsers(areFirst: try !User.exist(operation.db))
    var source = NDJSONSource(source, noun: "user", file: "users.ndjson")
    while let record = try source.next() {
      guard let user = User(record.values) else {
        throw Refusal(
          .invalid, "\(record.place): a user needs a name, a role, isDisabled and createdAt, each of its form"
        )
      }
      if try User.named(user.name, operation.db) != nil {
        if policy == .skip { continue }
        if policy == .fail { throw Refusal(.conflict, "the user \(user.name) is there already") }
        arrived.updated += 1
      } else {
        arrived.created += 1
      }
      try user.save(operation.db)
    }
    try operation.refuseWithoutAdministrator()
    arrived.knowsActor = try operation.site.actor.map { try User.named($0, operation.db) != nil } ?? false
    arrived.administrator = try User.all(operation.db).first {
      $0.role == .administrator && !$0.isDisabled
    }?.name
    return arrived
  }
}
