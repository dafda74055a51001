import Foundation
import GRDB
import SenKernel

/// Looking at the counts, and counting by hand.
enum VisitCommands {
  static let all = [
    show, days, top("pages", VisitTables.pages, "Lists the pages seen most"),
    top("referrers", VisitTables.referrers, "Lists the hosts that most visitors came from"),
    top("browsers", VisitTables.browsers, "Lists the browsers of visitors, the most used first"), carried,
    record,
  ]

  private static let since = FlagSpec(
    "since", help: "From a day on, or so long ago; 30d unless told otherwise", kind: .text,
    placeholder: "30d|DATE")

  private static func firstDay(_ context: CommandContext) throws -> String {
    let site = try context.site
    return site.day(of: try context.since() ?? site.clock().addingTimeInterval(-30 * 86_400))
  }

  private static let show = Command(
    CommandSpec(
      noun: "visits", verb: "show", summary: "Counts visitors: online, today, this month, in total",
      heeds: SharedOption.records, examples: ["sen visits show", "sen visits show --format json"])
  ) { context in
    let site = try context.site
    let now = site.clock()
    try site.read { db in
      let totals = try VisitTotals(site, db, at: now)
      var sink = try context.records(["online", "today", "month", "total"])
      try sink.write([
        "online": .integer(Int64(totals.online)), "today": .integer(Int64(totals.today)),
        "month": .integer(Int64(totals.month)), "total": .integer(Int64(totals.total)),
      ])
      try sink.finish()
    }
  }

  private static let days = Command(
    CommandSpec(
      noun: "visits", verb: "days", summary: "Lists the days with their visitors and the pages they saw",
      flags: [since, FlagSpec("chart", help: "Draw bars")], heeds: SharedOption.records,
      examples: ["sen visits days --since 30d --chart", "sen visits days --since 2026-01-01 --format csv"])
  ) { context in
    try context.site.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT day, visitors, hits FROM visitDay WHERE day >= ? ORDER BY day",
        arguments: [firstDay(context)])
      let hasChart = context.invocation.has("chart")
      let most = max(1, rows.map { $0[1] as Int }.max() ?? 1)
      var sink = try context.records(["day", "visitors", "hits"] + (hasChart ? ["chart"] : []))
      for row in rows {
        var map: FieldMap = [
          "day": .text(row[0]), "visitors": .integer(row[1]), "hits": .integer(row[2]),
        ]
        if hasChart { map.append("chart", .text(Counted.bar(row[1], of: most))) }
        try sink.write(map)
      }
      try sink.finish()
    }
  }

  private static let carried = Command(
    CommandSpec(
      noun: "visits", verb: "carried",
      summary: "Lists how often items had been seen before they came here, the most first",
      discussion: "Another system counted them without saying when; no day and no total here holds them.",
      heeds: SharedOption.records, examples: ["sen visits carried --limit 20"])
  ) { context in
    try context.site.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT i.id, i.type, i.title, c.hits FROM visitCarried c JOIN item i ON i.id = c.itemId
          WHERE i.trashedAt IS NULL ORDER BY c.hits DESC, i.id
          """)
      var sink = try context.records(["id", "noun", "title", "hits"])
      while let row = try rows.next() {
        try sink.write([
          "id": .integer(row[0]), "noun": .text(row[1]), "title": .text(row[2]), "hits": .integer(row[3]),
        ])
      }
      try sink.finish()
    }
  }

  private static func top(_ verb: String, _ table: SideTable, _ summary: String) -> Command {
    let column = table.columns[1].name
    return Command(
      CommandSpec(
        noun: "visits", verb: verb, summary: summary, flags: [since], heeds: SharedOption.records,
        examples: ["sen visits \(verb) --since 7d --limit 20"])
    ) { context in
      try context.site.read { db in
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT \(column), CAST(total(hits) AS INTEGER) AS n FROM \(table.name) WHERE day >= ?
            GROUP BY \(column) ORDER BY n DESC, \(column)
            """, arguments: [firstDay(context)])
        var sink = try context.records([column, "hits"])
        while let row = try rows.next() {
          try sink.write([column: .text(row[0]), "hits": .integer(row[1])])
        }
        try sink.finish()
      }
    }
  }

  private static let record = Command(
    CommandSpec(
      noun: "visits", verb: "record", summary: "Counts a visit, for tests and for logs of other servers",
      arguments: [ArgumentSpec("path", help: "The page, such as /tin-tuc")],
      flags: [
        FlagSpec("session", help: "Who, by a name that is hashed; somebody new if empty", kind: .text),
        FlagSpec("referrer", help: "The address of the page they came from", kind: .text, placeholder: "URL"),
        FlagSpec("agent", help: "What the browser says of itself", kind: .text),
        FlagSpec("at", help: "When; now unless told otherwise", kind: .date),
      ],
      examples: [
        "sen visits record /tin-tuc --session an --agent 'Mozilla/5.0 Firefox/140.0'",
        "sen visits record / --at=-1d --referrer https://example.vn/",
      ])
  ) { context in
    let site = try context.site
    try site.permitMaintenance("count visits")
    let at = try context.since("at") ?? site.clock()
    // A visit of tomorrow would end all sessions of today.
    guard at <= site.clock().addingTimeInterval(1) else {
      throw Refusal(.invalid, "--at: a visit cannot be counted before it happens", hint: "Example: --at -1d")
    }
    let visit = PageVisit(
      session: context.invocation.flag("session") ?? UUID().uuidString,
      path: context.invocation.value("path") ?? "/", referrer: context.invocation.flag("referrer") ?? "",
      agent: context.invocation.flag("agent") ?? "Mozilla", at: at)
    let counter = try VisitCounter(site)
    let isNew = try counter.begins(visit)
    if !context.isDryRun { try counter.write() }
    context.output.note(
      (context.isDryRun ? "Dry run, nothing written: " : "")
        + (isNew ? "Counted a visitor" : "Counted a page, no new visitor"))
  }
}
