public import SenKernel

/// Exchange rates of banks, with their history.
public struct ExchangePlugin: Plugin {
  public let name = "exchange"
  public let help = "Exchange rates of Vietcombank and the European Central Bank"
  public let contentTypes = [Shape(Board.self)]
  public let sideTables = [Rates.table]
  public let rules = [Rates.rule]
  public let commands = ExchangeCommands.all
  public let settings: Shape? = Shape(
    ExchangeSettings.self, name: "exchange", help: "Where rates are asked for")
  public let blocks = [ExchangeViews.block]
  public let jobs = [ExchangeCommands.job]

  public init() {}
}

/// What an exchange block shows.
struct ExchangeBlock: Fielded {
  static let fields: [Field<ExchangeBlock>] = [
    Field("board", \.board, help: "Which board; the first if empty"),
    Field("count", \.count, help: "How many currencies, 1 to 50") { (count: Int) throws(Refusal) in
      guard (1...50).contains(count) else { throw Refusal(.invalid, "\(count) is not from 1 to 50") }
    },
  ]
  var board: Reference<Board>?
  var count = 10
}
