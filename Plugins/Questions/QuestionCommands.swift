import GRDB
import SenKernel

/// What questions have beyond the verbs of every noun.
enum QuestionCommands {
  static let all = [queue, answer]

  private static let queue = Command(
    CommandSpec(
      noun: Question.name, verb: "queue",
      summary: "Lists the questions that wait for an editor, oldest first",
      heeds: SharedOption.records, examples: ["sen question queue --limit 10"])
  ) { context in
    let site = try context.site
    try site.read { db in
      var sink = try context.records(["id", "question", "group", "asker", "place", "createdAt", "isAnswered"])
      let query = Query(
        .compare("state", .equal, .text("review")), order: [.init("createdAt"), .init("id")])
      try site.store.each(Question.name, query, db) { item in
        let question = try Entry<Question>(item).body
        let group = try question.group.flatMap { try site.store.name(of: $0.id, .slug, db) }
        try sink.write([
          "id": .integer(item.envelope.id), "question": .text(question.question), "group": group.fieldValue,
          "asker": .text(question.asker), "place": .text(question.place),
          "createdAt": .date(item.envelope.createdAt),
          "isAnswered": .bool(!question.answer.fieldValue.isBlank),
        ])
        return true
      }
      try sink.finish()
    }
  }

  private static let answer = Command(
    CommandSpec(
      noun: Question.name, verb: "answer", summary: "Answers a question, in your name and now",
      arguments: [
        ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: Question.name))
      ],
      flags: [
        FlagSpec("text", help: "The answer; @FILE, or - for standard input", kind: .text, isFieldValue: true),
        FlagSpec("publish", help: "Publish the question with it"),
      ],
      examples: [
        "sen question answer 12 --text 'Trong quý I.' --publish",
        "sen question answer 12 --text @tra-loi.md",
      ])
  ) { context in
    guard let given = context.invocation.flag("text") else {
      throw Refusal(
        .usage, "Say the answer with --text", hint: "Example: sen question answer 12 --text @tra-loi.md")
    }
    let text = try context.expand(given)
    guard !text.fieldValue.isBlank else { throw Refusal(.invalid, "The answer is empty", field: "answer") }
    let site = try context.site
    let publishes = context.invocation.has("publish")
    let item = try site.write(isDryRun: context.isDryRun) { operation in
      try operation.update(Question.self, context.item(Question.name, operation.db)) { entry in
        entry.body.answer = text
        entry.body.answeredBy = site.actor ?? entry.body.answeredBy
        entry.body.answeredAt = operation.now
        if publishes { entry.envelope.state = .published }
      }.item
    }
    context.output.note(
      "\(context.isDryRun ? "Dry run, nothing written: " : "")Answered question \(item.envelope.id) "
        + "“\(item.envelope.title)”, now \(item.envelope.state.rawValue)")
  }
}
