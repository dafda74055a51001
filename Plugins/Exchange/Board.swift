import SenKernel

/// Who publishes rates.
enum ProviderName: String, Choice { case vietcombank, ecb }

/// A table of exchange rates as one bank publishes them.
struct Board: Content {
  static let name = "board"
  static let help = "Tables of exchange rates"
  static let isStructure = true
  static let fields: [Field<Board>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Board>.atMost(200)),
    Field("provider", \.provider, help: "Whose rates: of Vietcombank, or of the European Central Bank"),
    Field(
      "currencies", \.currencies, help: "Which are shown, by code and in this order; all if empty",
      check: check),
  ]

  var title = ""
  var provider = ProviderName.vietcombank
  var currencies: [String] = []

  private static func check(_ codes: [String]) throws(Refusal) {
    for code in codes where BankSheet.currency(code.uppercased()) == nil {
      throw Refusal(.invalid, "“\(code)” is no currency", hint: "Example: USD, or several: USD|EUR")
    }
    guard Set(codes.map { $0.uppercased() }).count == codes.count else {
      throw Refusal(.invalid, "holds a currency twice")
    }
  }
}

/// Where rates are asked for.
struct ExchangeSettings: Fielded {
  static let fields: [Field<ExchangeSettings>] = [
    Field(
      "bankAddress", \.bankAddress, help: "Where Vietcombank's rates lie instead of at the bank: a mirror"),
    Field(
      "ecbAddress", \.ecbAddress,
      help: "The folder that holds the files of the European Central Bank: a mirror"),
  ]

  var bankAddress: WebAddress?
  var ecbAddress: WebAddress?
}
