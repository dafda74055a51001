import Foundation
import GRDB
import SenKernel

/// One kept rate.
struct KeptRate {
  let quote: Quote
  /// Đồng for one unit, through the euro.
  let mid: Rate?
  let fetchedAt: Date

  /// From when on it is stale.
  func staleAt(_ provider: Provider) -> Date {
    min(fetchedAt.addingTimeInterval(provider.staleAfter), quote.at.addingTimeInterval(Provider.oldest))
  }
}

/// The rates of all boards, kept for ever.
enum Rates {
  static let table = SideTable(
    "exchangeRate", of: Board.name,
    help: "Đồng for one unit: bought, by transfer, sold; or in the middle, through the euro (isCross)",
    columns: [
      .init("currency", .text), .init("at", .date), .init("buy", .real, isRequired: false),
      .init("transfer", .real, isRequired: false), .init("sell", .real, isRequired: false),
      .init("mid", .real, isRequired: false), .init("perEuro", .real, isRequired: false),
      .init("isCross", .bool), .init("fetchedAt", .date),
    ], unique: [["itemId", "currency", "at"]])

  /// How old a bank's euro rate may be to stand for a day.
  private static let crossDays = 7.0

  /// Keeps what a source said for one board. Rates per euro get a đồng rate by way of a bank's euro rate: the last
  /// that is known from that day or the week before it.
  static func store(_ quotes: [Quote], of board: Int64, _ operation: SenKernel.Operation) throws {
    let now = Timestamp.text(operation.now)
    var euros: [Date: Rate?] = [:]
    for quote in quotes {
      var mid: Rate?
      if let perEuro = quote.perEuro {
        if euros[quote.at] == nil { euros[quote.at] = try euro(on: quote.at, operation.db) }
        mid = euros[quote.at].flatMap { $0 }.map { Rate($0, dividedBy: perEuro) }
      }
      try operation.db.cachedStatement(
        sql: """
          INSERT INTO exchangeRate
            (itemId, currency, at, buy, transfer, sell, mid, perEuro, isCross, fetchedAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (itemId, currency, at) DO UPDATE SET buy = excluded.buy, transfer = excluded.transfer,
            sell = excluded.sell, mid = coalesce(excluded.mid, mid), perEuro = excluded.perEuro,
            isCross = max(isCross, excluded.isCross), fetchedAt = excluded.fetchedAt
          """
      ).execute(arguments: [
        board, quote.currency, Timestamp.text(quote.at), quote.buy?.value, quote.transfer?.value,
        quote.sell?.value, mid?.value, quote.perEuro?.value, mid != nil, now,
      ])
    }
  }

  /// What a bank gave by transfer for a euro on a day.
  private static func euro(on day: Date, _ db: Database) throws -> Rate? {
    try Double.fetchOne(
      db,
      sql: """
        SELECT coalesce(transfer, (buy + sell) / 2, buy, sell) FROM exchangeRate
        WHERE currency = 'EUR' AND perEuro IS NULL AND at < ? AND at >= ? ORDER BY at DESC LIMIT 1
        """,
      arguments: [
        Timestamp.text(day.addingTimeInterval(86_400)),
        Timestamp.text(day.addingTimeInterval(-crossDays * 86_400)),
      ]
    ).map { Rate($0) }
  }

  /// Gives a board what another of the same bank has.
  static func copy(from source: Int64, to board: Int64, _ db: Database) throws {
    let columns = table.columns.map(\.name).joined(separator: ", ")
    try db.execute(
      sql:
        "INSERT INTO exchangeRate (itemId, \(columns)) SELECT ?, \(columns) FROM exchangeRate WHERE itemId = ?",
      arguments: [board, source])
  }

  /// A board does not mix the rates of two banks.
  static let rule = Rule(of: Board.self) { old, new, operation in
    guard let old, let new, old.body.provider != new.body.provider,
      try table.hasRows(of: new.envelope.id, operation.db)
    else { return }
    throw Refusal(
      .conflict, "provider: the board has rates of \(old.body.provider.rawValue)", field: "provider",
      hint: "Make another board: board create TITLE --provider \(new.body.provider.rawValue)")
  }

  /// The newest rate of each currency of a board, by code.
  static func latest(of board: Int64, _ db: Database) throws -> [KeptRate] {
    try rates(
      db,
      "itemId = ?1 AND at = (SELECT max(at) FROM exchangeRate o WHERE o.itemId = ?1 AND o.currency = r.currency)",
      "currency", [board])
  }

  /// The newest rate of each currency that a board shows, in its order; and the currencies of which it has none.
  static func shown(on board: Entry<Board>, _ db: Database) throws -> (rates: [KeptRate], missing: [String]) {
    let latest = try latest(of: board.envelope.id, db)
    let codes = board.body.currencies.map { $0.uppercased() }
    guard !codes.isEmpty else { return (latest, []) }
    let byCode = Dictionary(
      latest.map { ($0.quote.currency, $0) }, uniquingKeysWith: { first, _ in first })
    return (codes.compactMap { byCode[$0] }, codes.filter { byCode[$0] == nil })
  }

  /// A currency's rates since a moment, the oldest first.
  static func history(_ currency: String, of board: Int64, since: Date, _ db: Database) throws -> [KeptRate] {
    try rates(
      db, "itemId = ?1 AND currency = ?2 AND at >= ?3", "at", [board, currency, Timestamp.text(since)])
  }

  private static func rates(
    _ db: Database, _ condition: String, _ order: String, _ arguments: StatementArguments
  ) throws -> [KeptRate] {
    func rate(_ value: Double?) -> Rate? { value.map { Rate($0) } }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT currency, at, buy, transfer, sell, perEuro, mid, fetchedAt FROM exchangeRate r
          WHERE \(condition) ORDER BY \(order)
          """), arguments: arguments
    ).compactMap { row in
      guard let at = Timestamp.date(row[1] as String), let fetchedAt = Timestamp.date(row[7] as String) else {
        return nil
      }
      let quote = Quote(
        currency: row[0], at: at, buy: rate(row[2]), transfer: rate(row[3]), sell: rate(row[4]),
        perEuro: rate(row[5]))
      return KeptRate(quote: quote, mid: rate(row[6]), fetchedAt: fetchedAt)
    }
  }
}
