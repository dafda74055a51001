import Foundation
import GRDB
import SenKernel

/// Asks the banks, one request for all boards of one bank; what they said before stays where they fail.
struct ExchangeRefresh {
  let site: Site
  let isForced: Bool
  private(set) var report: AskingReport

  init(_ site: Site, isForced: Bool, note: @escaping (String) -> Void) {
    (self.site, self.isForced) = (site, isForced)
    report = AskingReport(Board.name, of: site, note: note)
  }

  /// All boards that are not in the trash, in their order.
  static func all(_ site: Site, _ db: Database) throws -> [Entry<Board>] {
    var boards: [Entry<Board>] = []
    try site.store.each(Board.name, Query(order: Query.siblings), db) { item in
      boards.append(try Entry(item))
      return true
    }
    return boards
  }

  mutating func refresh(_ boards: [Entry<Board>]) throws {
    let settings = try site.settings(ExchangeSettings.self, of: "exchange")
    // The bank comes first: the other's đồng rates go by its euro.
    for name in ProviderName.allCases {
      let mine = boards.filter { $0.body.provider == name }
      if !mine.isEmpty { try ask(Provider.named(name), settings, for: mine) }
    }
  }

  private mutating func ask(
    _ provider: Provider, _ settings: ExchangeSettings, for boards: [Entry<Board>]
  ) throws {
    let names = boards.map(\.body.title).joined(separator: ", ")
    // What one board has, a new one of the same bank has too, without asking again.
    let isNew = try site.write { operation in
      let all = try Self.all(site, operation.db).filter { $0.body.provider == provider.name }.map(
        \.envelope.id)
      let known = try all.filter { try Rates.table.hasRows(of: $0, operation.db) }
      guard let source = known.first else { return true }
      for board in boards.map(\.envelope.id) where !known.contains(board) {
        try Rates.copy(from: source, to: board, operation.db)
      }
      return false
    }
    let base = provider.address(settings)
    var request = FetchRequest(base + provider.file(isNew))
    request.mostBytes = 1 << 20
    do {
      let asked = try site.ask(request, of: base, every: provider.interval, isForced: isForced) {
        try provider.parse($0, at: site.clock())
      }
      switch asked {
      case .answered(let quotes):
        try site.write { operation in
          for board in boards { try Rates.store(quotes, of: board.envelope.id, operation) }
        }
        report.add(refreshed: boards.count)
      case .tooSoon(let next, let failure):
        report.add(names, notBefore: next, after: failure)
      }
    } catch let failure as FetchFailure {
      report.add(names, FetchFailure(failure.reason, request.address), count: boards.count)
    }
  }
}
