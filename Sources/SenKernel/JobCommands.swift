import ContentModel
import Formats
import Foundation
import GRDB
import Grammar

/// `job`: work on a schedule.
enum JobCommands {
  static let all: [Command] = [list, run]

  private static let list = Command(
    CommandSpec(
      noun: "job", verb: "list", summary: "Lists the jobs, when they last ran and when they are due",
      heeds: SharedOption.records, examples: ["sen job list"])
  ) { context in
    let site = try context.site
    var sink = try Presentation(context, usual: "table").list(["job", "lastRun", "due", "result", "help"])
    for job in site.registry.jobs {
      let last = try site.read { try JobRun.last(job.name, $0) }
      try sink.write([
        "job": .text(job.name), "lastRun": last?.startedAt.fieldValue ?? .null,
        "due": .date(job.due(after: last, now: site.clock())),
        "result": .text(
          last.map { $0.failure.map { "failed: \($0)" } ?? $0.result ?? "unfinished" } ?? "never ran"),
        "help": .text(job.help),
      ])
    }
    try sink.finish()
  }

  private static let run = Command(
    CommandSpec(
      noun: "job", verb: "run", summary: "Runs jobs now",
      discussion: """
        A job that another process is running is left to it. For cron or a timer: `sen --site DIR job run --due`.
        What becomes due is the work of the site itself: `log list` and `history list` call it system, and `history undo`
        takes it back by its number only.
        """,
      arguments: [ArgumentSpec("jobs", help: "Which; none with --due", arity: .many)],
      flags: [FlagSpec("due", help: "Those whose time has come")],
      examples: ["sen job run --due"])
  ) { context in
    let site = try context.site
    let named = context.invocation.values("jobs")
    let jobs = try named.isEmpty ? site.registry.jobs : named.map { try job($0, site) }
    guard !named.isEmpty || context.invocation.has("due") else {
      throw Refusal(.usage, "Which job?", hint: "Name it, or say --due. See: sen job list")
    }
    let isDue = context.invocation.has("due")
    // What is due would run anyway, whoever's clock starts it.
    if !isDue { try site.require(.maintain, "run jobs before they are due") }
    var (failed, done) = (0, 0)
    for job in jobs {
      let last = try site.read { try JobRun.last(job.name, $0) }
      if isDue, job.due(after: last, now: site.clock()) > site.clock() { continue }
      if context.isDryRun {
        context.output.note("Dry run: would have run \(job.name)")
        continue
      }
      do {
        switch try JobRun.run(job, site, ifDue: isDue, note: { context.output.note($0) }) {
        case .done(let said):
          done += 1
          context.output.note("\(job.name): \(said)")
        case .elsewhere: context.output.note("\(job.name): runs in another process; left to it")
        case .early: break
        }
      } catch is CancellationError {
        throw StoppedInPart.error(done: done + failed, context)
      } catch {
        failed += 1
        context.output.note("\(job.name) failed: \(told(error))")
      }
    }
    if failed > 0 { throw DoneInPart() }
  }

  /// An error as people are told it; libraries tell theirs in the words of their classes.
  private static func told(_ error: any Error) -> String {
    switch error {
    case let refusal as Refusal: refusal.message
    case let error as DatabaseError: error.message ?? "the database failed (\(error.extendedResultCode))"
    case let error as CocoaError where error.filePath != nil:
      "\(error.filePath ?? ""): \((error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription)"
    default: "\(error)"
    }
  }

  private static func job(_ name: String, _ site: Site) throws -> Job {
    let jobs = site.registry.jobs
    guard let job = jobs.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(name, in: jobs.map(\.name)).map { "Did you mean “\($0)”? " } ?? ""
      throw Refusal(.notFound, "There is no job “\(name)”", hint: "\(near)See: sen job list")
    }
    return job
  }
}
