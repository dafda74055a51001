import Foundation
import SenKernel

/// What polls have beyond the verbs of every noun and the `vote` action.
enum PollCommands {
  static let all = [option, results, open, close, reset]

  private static let ref = ArgumentSpec(
    "ref", help: "An id, a slug or @last", kind: .reference(noun: Poll.name))

  private static let option = Command(
    CommandSpec(
      noun: Poll.name, verb: "option",
      summary: "Adds, changes, moves or removes an answer; votes stay with it",
      arguments: [
        ArgumentSpec("what", help: "What to do", kind: .choice(["add", "edit", "move", "rm"])), ref,
        ArgumentSpec(
          "words", help: "add TEXT; edit N TEXT; move N PLACE; rm N (numbers from 1)", arity: .some),
      ], flags: [FlagSpec("force", help: "With rm: give its votes up")],
      examples: [
        "sen poll option add 12 'Không có ý kiến'", "sen poll option edit 12 1 'Rất hài lòng'",
        "sen poll option move 12 3 1", "sen poll option rm 12 3",
      ])
  ) { context in
    let words = context.invocation.values("words")
    let what = context.invocation.value("what") ?? ""
    let counts = ["add": 1, "edit": 2, "move": 2, "rm": 1]
    guard words.count == counts[what] else {
      throw Refusal(
        .usage, "poll option \(what) takes \(counts[what] ?? 1) after the poll", hint: "See: help poll option"
      )
    }
    let site = try context.site
    let told = try site.write(isDryRun: context.isDryRun) { operation in
      let id = try context.item(Poll.name, operation.db)
      let entry = try operation.entry(Poll.self, id)
      var options = entry.body.options
      func place(_ text: String) throws -> Int {
        // Answers may be numbers; here the number of one comes first.
        if let number = Int(text), options.indices.contains(number &- 1) { return number - 1 }
        guard let option = options.firstIndex(of: try Votes.option(text, of: entry)) else { return 0 }
        return option
      }
      switch what {
      case "add": options.append(words[0])
      case "edit": options[try place(words[0])] = words[1]
      case "move":
        guard let target = Int(words[1]), (1...options.count).contains(target) else {
          throw Refusal(.usage, "“\(words[1])” is no place from 1 to \(options.count)")
        }
        options.insert(options.remove(at: try place(words[0])), at: target - 1)
      default:
        let gone = options.remove(at: try place(words[0]))
        if context.invocation.has("force") { try Votes.remove(gone, from: id, operation.db) }
      }
      try operation.update(Poll.self, id) { $0.body.options = options }
      return options.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
    }
    context.output.note("\(context.isDryRun ? "Dry run, nothing written: " : "")Options: \(told)")
  }

  private static let results = Command(
    CommandSpec(
      noun: Poll.name, verb: "results", summary: "Counts the votes of a poll", arguments: [ref],
      flags: [FlagSpec("chart", help: "Draw bars")], heeds: SharedOption.records,
      examples: ["sen poll results 12 --chart", "sen poll results 12 --format json"])
  ) { context in
    let site = try context.site
    try site.read { db in
      let id = try context.item(Poll.name, db)
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no poll \(id)")
      }
      let entry = try Entry<Poll>(item)
      let (votes, voters) = try Votes.count(entry, db)
      let most = max(1, votes.max() ?? 1)
      let hasChart = context.invocation.has("chart")
      var sink = try context.records(["option", "votes", "percent"] + (hasChart ? ["chart"] : []))
      for (option, count) in zip(entry.body.options, votes) {
        // Of voters, not of choices: who may choose two is still one voter.
        let percent = voters == 0 ? 0 : (Double(count) / Double(voters) * 10_000).rounded() / 100
        var row: FieldMap = [
          "option": .text(option), "votes": .integer(Int64(count)), "percent": .real(percent),
        ]
        if hasChart { row.append("chart", .text(Counted.bar(count, of: most))) }
        try sink.write(row)
      }
      try sink.finish()
      context.output.note("\(Counted.text(voters, "voter"))")
    }
  }

  private static func changing(
    _ verb: String, _ summary: String, _ done: String,
    _ change: @escaping @Sendable (inout Poll, Date) -> Void
  ) -> Command {
    Command(
      CommandSpec(
        noun: Poll.name, verb: verb, summary: summary, arguments: [ref], examples: ["sen poll \(verb) 12"])
    ) { context in
      let item = try context.site.write(isDryRun: context.isDryRun) { operation in
        try operation.update(Poll.self, context.item(Poll.name, operation.db)) { entry in
          change(&entry.body, operation.now)
          if verb == "open" { entry.envelope.state = .published }
        }.item
      }
      context.output.note(
        "\(context.isDryRun ? "Dry run, nothing written: " : "")\(done) poll \(item.envelope.id) “\(item.envelope.title)”"
      )
    }
  }

  private static let open = changing("open", "Publishes a poll and takes votes from now on", "Opened") {
    poll, now in
    if poll.opens.map({ $0 > now }) ?? false { poll.opens = now }
    if poll.closes.map({ $0 <= now }) ?? false { poll.closes = nil }
  }

  private static let close = changing("close", "Takes no votes from now on", "Closed") { poll, now in
    if let opens = poll.opens, opens >= now { poll.opens = nil }
    poll.closes = now
  }

  private static let reset = Command(
    CommandSpec(
      noun: Poll.name, verb: "reset", summary: "Removes all votes of a poll", arguments: [ref],
      examples: ["sen poll reset 12 --yes"])
  ) { context in
    let site = try context.site
    let (id, voters) = try site.read { db in
      let id = try context.item(Poll.name, db)
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no poll \(id)")
      }
      return (id, try Votes.count(Entry(item), db).voters)
    }
    guard voters > 0 else { return context.output.note("Nobody has voted") }
    try context.confirm("Remove \(Counted.text(voters, "vote")) for good?")
    try site.write(isDryRun: context.isDryRun) { operation in
      try operation.permitChange(of: id)
      for table in [Votes.ballots, Votes.carried] { try table.removeRows(of: id, operation.db) }
    }
    context.output.note(
      "\(context.isDryRun ? "Would have removed" : "Removed") \(Counted.text(voters, "vote"))")
  }
}
