import Foundation
import GRDB
import SenKernel

/// `exchange`: what boards have beyond the verbs of every noun.
enum ExchangeCommands {
  static let all = [refresh, table, history]

  private static let boards = ArgumentSpec(
    "refs", help: "Boards; all of them if none is named", kind: .reference(noun: Board.name), arity: .many)

  private static func entries(_ context: CommandContext, _ db: Database) throws -> [Entry<Board>] {
    let site = try context.site
    guard context.invocation.values("refs").isEmpty else {
      return try context.items(Board.name, db).compactMap { try site.store.fetch($0, db) }.map {
        try Entry($0)
      }
    }
    return try ExchangeRefresh.all(site, db)
  }

  private static let refresh = Command(
    CommandSpec(
      noun: "exchange", verb: "refresh", summary: "Asks the banks for their rates",
      discussion: """
        Vietcombank is asked once in five minutes at most, the European Central Bank once a day (the first time for
        the last 90 days), and less and less often while it fails; what was known stays. Exit code 7 where some
        boards failed, 1 where all did.
        """,
      arguments: [boards], flags: [FlagSpec("force", help: "Ask in any case")],
      examples: ["sen exchange refresh", "sen exchange refresh vietcombank"])
  ) { context in
    let site = try context.site
    try site.permitMaintenance("ask for rates")
    let boards = try site.read { db in try entries(context, db) }
    if context.isDryRun {
      return context.output.note("Dry run: would have asked for \(Counted.text(boards.count, "board"))")
    }
    var refresh = ExchangeRefresh(site, isForced: context.invocation.has("force")) { context.output.note($0) }
    try refresh.refresh(boards)
    context.output.note(try refresh.report.summary())
    if refresh.report.isInPart { throw DoneInPart() }
  }

  static let job = Job("exchange-refresh", help: "Asks for the rates of all boards", every: 3600) {
    site, note in
    var refresh = ExchangeRefresh(site, isForced: false, note: note)
    try refresh.refresh(site.read { try ExchangeRefresh.all(site, $0) })
    return try refresh.report.summary()
  }

  private static let table = Command(
    CommandSpec(
      noun: "exchange", verb: "table", summary: "Shows the last known rates of boards",
      discussion: """
        Đồng for one unit: bought in cash, by transfer, sold. The European Central Bank knows no đồng: its rates
        are units for one euro (perEuro), and mid is a cross rate: what Vietcombank gave for a euro by transfer on
        that day or last in the week before, divided by perEuro.
        """,
      arguments: [boards], heeds: SharedOption.records,
      examples: [
        "sen exchange table", "sen exchange table vietcombank --format csv", "sen exchange table --lang vi",
      ])
  ) { context in
    let site = try context.site
    let now = site.clock()
    try site.read { db in
      let columns = ["buy", "transfer", "sell", "mid", "cross", "perEuro", "at", "stale"]
      var sink = try context.records(["board", "currency"] + columns)
      for board in try entries(context, db) {
        let latest = try Rates.latest(of: board.envelope.id, db)
        let provider = Provider.named(board.body.provider)
        let (shown, missing) = try Rates.shown(on: board, db)
        for rate in shown {
          var row: FieldMap = ["board": .text(board.body.title), "currency": .text(rate.quote.currency)]
          append(rate, to: &row)
          row.append("at", .date(rate.quote.at))
          row.append("stale", .bool(rate.staleAt(provider) < now))
          try sink.write(row)
        }
        if let fetched = latest.map(\.fetchedAt).max() {
          let when = context.style.text(.date(fetched))
          context.output.note("\(board.body.title): \(provider.attribution), as fetched \(when)")
          if latest.contains(where: { $0.mid != nil }) {
            context.output.note("\(board.body.title): mid goes through the euro, as Vietcombank gave for it")
          }
          if !missing.isEmpty {
            context.output.note("\(board.body.title): no rate of \(missing.joined(separator: ", "))")
          }
        } else {
          context.output.note("\(board.body.title): nothing known yet; see: sen exchange refresh")
        }
      }
      try sink.finish()
    }
  }

  private static func append(_ rate: KeptRate, to row: inout FieldMap) {
    row.append("buy", rate.quote.buy.fieldValue)
    row.append("transfer", rate.quote.transfer.fieldValue)
    row.append("sell", rate.quote.sell.fieldValue)
    row.append("mid", rate.mid.fieldValue)
    row.append("cross", .bool(rate.mid != nil))
    row.append("perEuro", rate.quote.perEuro.fieldValue)
  }

  private static let history = Command(
    CommandSpec(
      noun: "exchange", verb: "history", summary: "Shows how a rate went",
      discussion: """
        The bars of --chart go from the lowest rate shown to the highest: of the transfer rate, or of what is known
        more often.
        """,
      arguments: [ArgumentSpec("currency", help: "Its code, such as USD")],
      flags: [
        FlagSpec("board", help: "Of this board only", kind: .reference(noun: Board.name)),
        FlagSpec(
          "since", help: "How far back: a length of time or a date; 30d unless told otherwise", kind: .text),
        FlagSpec("chart", help: "Draw bars"),
      ], heeds: SharedOption.records,
      examples: [
        "sen exchange history USD --since 30d --chart", "sen exchange history EUR --board vietcombank",
      ])
  ) { context in
    let site = try context.site
    let currency = (context.invocation.value("currency") ?? "").uppercased()
    let since = try moment(context.invocation.flag("since") ?? "30d", site)
    let hasChart = context.invocation.has("chart")
    try site.read { db in
      var boards = try ExchangeRefresh.all(site, db)
      if let ref = context.invocation.flag("board") {
        let id = try context.item(Board.name, named: ref, db)
        boards = boards.filter { $0.envelope.id == id }
      }
      let columns = ["board", "at", "buy", "transfer", "sell", "mid", "cross", "perEuro"]
      var sink = try context.records(columns + (hasChart ? ["chart"] : []))
      var count = 0
      for board in boards {
        let rates = try Rates.history(currency, of: board.envelope.id, since: since, db)
        count += rates.count
        let bars = bars(rates)
        for (rate, bar) in zip(rates, bars) {
          var row: FieldMap = ["board": .text(board.body.title), "at": .date(rate.quote.at)]
          append(rate, to: &row)
          if hasChart { row.append("chart", .text(bar)) }
          try sink.write(row)
        }
      }
      try sink.finish()
      context.output.note(
        "\(Counted.text(count, "rate")) of \(currency) since \(context.style.text(.date(since)))")
    }
  }

  /// A bar of 1 to 30 marks for each rate, all of the one measure that is known most often; none where it is not.
  private static func bars(_ rates: [KeptRate]) -> [String] {
    let measures = [
      rates.map(\.quote.transfer), rates.map(\.quote.buy), rates.map(\.quote.sell), rates.map(\.mid),
      rates.map(\.quote.perEuro),
    ].map { $0.map { $0?.value } }
    func count(_ measure: [Double?]) -> Int { measure.count { $0 != nil } }
    let most = measures.map(count).max() ?? 0
    let values = measures.first { count($0) == most } ?? []
    let known = values.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else { return values.map { _ in "" } }
    return values.map { value in
      guard let value else { return "" }
      let part = high > low ? (value - low) / (high - low) : 1
      return String(repeating: "█", count: 1 + Int((part * 29).rounded()))
    }
  }

  private static func moment(_ text: String, _ site: Site) throws -> Date {
    do {
      return site.clock().addingTimeInterval(-(try DurationText.parse(text)))
    } catch {
      return try DateText.parse(text, now: site.clock(), timeZone: site.timeZone)
    }
  }
}
