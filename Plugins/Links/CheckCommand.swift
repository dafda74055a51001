import Foundation
import SenKernel

/// `link check`, and the job that does it every week.
enum CheckCommand {
  /// An answer is good for so many seconds.
  private static let freshness = 86_400.0

  static let command = Command(
    CommandSpec(
      noun: Link.name, verb: "check", summary: "Asks the addresses of links whether they are still there",
      discussion: """
        Named links are asked in any case; else those that were not asked during the last day, or have another \
        address now. Also tells addresses that occur twice, and hosts that differ by one letter. Ctrl-C stops; \
        what has answered by then is remembered.
        """,
      arguments: [ArgumentSpec("refs", help: "Which links", kind: .reference(noun: Link.name), arity: .many)],
      flags: [
        FlagSpec("all", help: "Every link, also those asked of late"),
        FlagSpec("broken", help: "Asks nobody, and lists those that were broken when last asked"),
      ], heeds: SharedOption.records.union(["filter"]),
      examples: ["sen link check", "sen link check 12 --format json", "sen link check --broken"])
  ) { context in
    let site = try context.site
    let isNamed = !context.invocation.values("refs").isEmpty || context.invocation.has("filter")
    let (every, chosen) = try site.read { db in
      let every = try CheckedLink.all(db)
      guard isNamed else { return (every, every) }
      let ids = Set(try context.items(Link.name, db))
      return (every, every.filter { ids.contains($0.id) })
    }
    if context.invocation.has("broken") {
      guard !context.invocation.has("all") else {
        throw Refusal(.usage, "--all asks again, --broken asks nobody", hint: "Leave one out.")
      }
      let known = chosen.filter { $0.answer != nil }
      let broken = known.filter { $0.answer?.isBroken == true }
      try list(broken, context)
      let unknown = chosen.count - known.count
      context.output.note(
        "\(summary(broken.count, of: known.count))\(unknown == 0 ? "" : "; \(unknown) never asked")")
      return
    }
    try site.permitMaintenance("ask the addresses of links")
    let now = site.clock()
    let wanted = chosen.filter { link in
      isNamed || context.invocation.has("all") || link.at.map { $0 < now - freshness } ?? true
    }
    if wanted.isEmpty {
      context.output.note(
        chosen.isEmpty
          ? "There are no links" : "All were asked during the last day; --all asks again, --broken lists")
    }
    let asked = try CheckedLink.ask(
      wanted, site, isDryRun: context.isDryRun, isStopped: { context.output.isInterrupted }
    ) { context.output.progress("Checking", done: $0, total: wanted.count) }
    try list(asked, context)
    if !isNamed { for note in try Lookalikes.notes(every) { context.output.note(note) } }
    if asked.isEmpty, wanted.isEmpty { return }
    context.output.note(
      "\(context.isDryRun ? "Dry run, nothing remembered: " : "")"
        + summary(asked.filter { $0.answer?.isBroken == true }.count, of: asked.count))
    if asked.count < wanted.count {
      context.output.note("Stopped; \(Counted.text(wanted.count - asked.count, "link")) left")
      throw StoppedInPart.error(done: asked.count, context)
    }
  }

  private static func list(_ links: [CheckedLink], _ context: CommandContext) throws {
    var sink = try context.records(["id", "title", "url", "status", "note"])
    for link in links {
      let note = link.answer?.note(on: link.url) ?? ""
      try sink.write([
        "id": .integer(link.id), "title": .text(link.title), "url": .text(link.url),
        "status": link.answer?.status.map { .integer(Int64($0)) } ?? .null,
        "note": note.isEmpty ? .null : .text(note),
      ])
    }
    try sink.finish()
  }

  /// `12 links, 2 broken`.
  private static func summary(_ broken: Int, of count: Int) -> String {
    "\(Counted.text(count, "link")), \(broken == 0 ? "none" : String(broken)) broken"
  }

  static let job = Job("link-check", help: "Asks the addresses of all links", every: 7 * 86_400) {
    site, note in
    let links = try site.read { try CheckedLink.all($0) }
    let asked = try CheckedLink.ask(links, site)
    let broken = asked.filter { $0.answer?.isBroken == true }
    for link in broken { note("link \(link.id) “\(link.title)”: \(link.answer?.note(on: link.url) ?? "")") }
    return summary(broken.count, of: asked.count)
  }
}
