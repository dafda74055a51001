import ContentModel
import Foundation
import GRDB
import Grammar

/// `user`: who works on the site, and what they may do.
enum UserCommands {
  static let all: [Command] = [
    create, list, show, setRole, passwd, enabling("enable", "Lets a user work again", false),
    enabling("disable", "Lets a user do nothing any more; what is theirs stays theirs", true), delete,
  ]

  private static let name = ArgumentSpec("name", help: "The user")
  private static let roles = ValueKind.choice(Role.allCases.reversed().map(\.rawValue))

  private static let create = Command(
    CommandSpec(
      noun: "user", verb: "create", summary: "Declares a user; the first one has to be an administrator",
      discussion: """
        As long as nobody is declared, everybody who can write to the site's files may do everything. Contributors \
        write drafts, authors publish what is their own, editors have a hand in all content, administrators may do \
        everything.
        """,
      arguments: [name], flags: [FlagSpec("role", help: "What they are; else an author", kind: roles)],
      examples: ["sen user create lan --role administrator", "sen user create minh --role author"])
  ) { context in
    let (name, site) = (context.invocation.value("name") ?? "", try context.site)
    let role = try role(context.invocation.flag("role") ?? Role.author.rawValue)
    let isFirst = try site.write(isDryRun: context.isDryRun) { operation in
      let isFirst = try !User.exist(operation.db)
      try operation.createUser(name, role)
      return isFirst
    }
    tell("\(name) is \(role.rawValue) now", context)
    if isFirst, !context.isDryRun {
      context.output.note(
        "From now on only users of this site may write to it; say who you are: --as \(name), or SEN_USER=\(name)"
      )
    }
  }

  private static let list = Command(
    CommandSpec(
      noun: "user", verb: "list", summary: "Lists the users", heeds: SharedOption.records,
      examples: ["sen user list"])
  ) { context in
    let site = try context.site
    let users = try site.read { try User.all($0) }
    try write(users, site, context)
    if users.isEmpty { context.output.note("Nobody is declared: everybody may do everything") }
  }

  private static let show = Command(
    CommandSpec(
      noun: "user", verb: "show", summary: "Says what a user is", arguments: [name],
      heeds: SharedOption.records, examples: ["sen user show lan"])
  ) { context in
    let site = try context.site
    let name = context.invocation.value("name") ?? ""
    let user = try site.read { try User.required(name, $0) }
    try write([user], site, context)
  }

  private static func write(_ users: [User], _ site: Site, _ context: CommandContext) throws {
    var sink = try context.records(["name", "role", "isDisabled", "createdAt", "items", "hasPassword"])
    try site.read { db in
      for user in users {
        var record = user.record
        record["createdAt"] = .date(user.createdAt)
        record["items"] = .integer(Int64(try User.itemCount(of: user.name, db)))
        let hasPassword = try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM credential WHERE userName = ?)", arguments: [user.name])
        record["hasPassword"] = .bool(hasPassword ?? false)
        try sink.write(record)
      }
    }
    try sink.finish()
  }

  private static let setRole = Command(
    CommandSpec(
      noun: "user", verb: "set-role", summary: "Makes a user something else",
      arguments: [name, ArgumentSpec("role", help: "What they are to be", kind: roles)],
      examples: ["sen user set-role minh editor"])
  ) { context in
    let name = context.invocation.value("name") ?? ""
    let role = try role(context.invocation.value("role") ?? "")
    try context.site.write(isDryRun: context.isDryRun) { try $0.setRole(of: name, to: role) }
    tell("\(name) is \(role.rawValue) now", context)
  }

  private static func role(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
      throw Refusal(
        .usage, "“\(text)” is no role",
        hint: "There are: \(Role.allCases.reversed().map(\.rawValue).joined(separator: ", "))")
    }
    return role
  }

  private static let passwd = Command(
    CommandSpec(
      noun: "user", verb: "passwd", summary: "Sets the password of a user, for doors that ask for one",
      discussion: """
        It is asked for unseen, or read from standard input with -; never from the command line, where others see it. \
        The console does not ask for it.
        """,
      arguments: [
        name, ArgumentSpec("from", help: "- for standard input", arity: .optional, mayBeSecret: true),
      ],
      examples: ["sen user passwd lan", "sen user passwd lan -"])
  ) { context in
    let name = context.invocation.value("name") ?? ""
    let site = try context.site
    // Asked before the password is: nobody types one for nothing.
    try site.read { try Operation(site: site, db: $0).permitPassword(of: name) }
    let password = try password(of: name, context)
    try site.write(isDryRun: context.isDryRun) { try $0.setPassword(of: name, to: password) }
    tell("\(name) has a new password", context)
  }

  private static func password(of name: String, _ context: CommandContext) throws -> String {
    switch context.invocation.value("from") {
    case "-": return try context.readInput().trimmingCharacters(in: .newlines)
    case nil: break
    default:
      throw Refusal(
        .usage, "A password is not said on the command line, where others see it",
        hint: "Leave it out to be asked, or say - and give it on standard input.")
    }
    guard let first = try context.output.askSecret("New password of \(name):"),
      let again = try context.output.askSecret("Once more:")
    else {
      throw Refusal(
        .declined, "Nobody gave a password; nothing was changed",
        hint: "From standard input: user passwd \(name) -")
    }
    guard first == again else { throw Refusal(.invalid, "The two are not the same; nothing was changed") }
    return first
  }

  private static func enabling(_ verb: String, _ summary: String, _ isDisabled: Bool) -> Command {
    Command(
      CommandSpec(
        noun: "user", verb: verb, summary: summary, arguments: [name], examples: ["sen user \(verb) minh"])
    ) { context in
      let name = context.invocation.value("name") ?? ""
      try context.site.write(isDryRun: context.isDryRun) { try $0.setDisabled(name, isDisabled) }
      tell("\(name) is \(verb)d", context)
    }
  }

  private static let delete = Command(
    CommandSpec(
      noun: "user", verb: "delete", summary: "Removes a user, whose items become another's",
      arguments: [name],
      flags: [
        FlagSpec(
          "reassign", help: "Who becomes the author of what was theirs", kind: .text, placeholder: "USER")
      ], examples: ["sen user delete minh --reassign lan"])
  ) { context in
    let name = context.invocation.value("name") ?? ""
    let heir = context.invocation.flag("reassign")
    let count = try context.site.write(isDryRun: context.isDryRun) {
      try $0.deleteUser(name, reassigningTo: heir)
    }
    let gone = heir.map { "; \(Counted.text(count, "item")) of theirs went to \($0)" } ?? ""
    tell("\(name) is no user any more\(gone)", context)
  }

  private static func tell(_ what: String, _ context: CommandContext) {
    context.output.note(context.isDryRun ? "Dry run, nothing written: \(what)" : what)
  }
}
