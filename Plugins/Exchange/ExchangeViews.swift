import Foundation
import SenKernel

/// What visitors see of exchange rates.
enum ExchangeViews {
  static let block = BlockType("exchange", help: "The rates of a board", options: ExchangeBlock.self) {
    options, page in
    let item =
      try options.board.map { try page.item($0.id) }
      ?? page.items(Board.name, order: Query.siblings, limit: 1).first
    guard let item else { return nil }
    let board = try Entry<Board>(item)
    let rates = try Rates.shown(on: board, page.db).rates.prefix(options.count)
    guard let newest = rates.map(\.quote.at).max() else { return nil }
    let provider = Provider.named(board.body.provider)
    let isCross = rates.contains { $0.mid != nil }
    return [
      "board": .item(item), "at": .moment(newest), "rates": .list(rates.map { row($0, provider, page) }),
      "isStale": .flag(rates.contains { $0.staleAt(provider) < page.now }), "isCross": .flag(isCross),
      "attribution": .text(provider.attribution),
      // Cross rates go through the euro, as that bank gave for it.
      "crossAttribution": isCross ? .text(Provider.vietcombank.attribution) : .none,
    ]
  }

  private static func row(_ rate: KeptRate, _ provider: Provider, _ page: PageContext) -> ViewValue {
    let staleAt = rate.staleAt(provider)
    if staleAt >= page.now { page.trace.expires(at: staleAt + 1) }
    return .view([
      "currency": .text(rate.quote.currency), "buyCash": number(rate.quote.buy),
      "buyTransfer": number(rate.quote.transfer), "sell": number(rate.quote.sell), "mid": number(rate.mid),
      "perEuro": number(rate.quote.perEuro), "isCross": .flag(rate.mid != nil), "at": .moment(rate.quote.at),
      "isStale": .flag(staleAt < page.now),
    ])
  }

  /// With as many decimals as the source printed, six at most.
  private static func number(_ rate: Rate?) -> ViewValue {
    guard let value = rate?.value else { return .none }
    let decimals = (0..<6).first { count in
      let scaled = value * pow(10, Double(count))
      return abs(scaled - scaled.rounded()) < 1e-9 * max(1, scaled)
    }
    return .number(value, decimals: decimals ?? 6)
  }
}
