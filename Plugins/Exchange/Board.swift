import SenKernel

/// Who publishes rates.
enum ProviderName: String, Choice { case vietcombank, ecb }

/// A table of exchange rates as one bank publishes them.
struct Board: Content {
  static let name = "board"
  static let help = "Tables of exchange rates"
  static let fields: [Field<Board>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Board>.atMost(200)),
    Field("provider", \.provider, help: "Whose rates: of Vietcombank, or of the European Central Bank"),
    Field("currencies", \.currencies, help: "Which are shown, by code and in this order; all if empty"),
  ]

  var title = ""
  var provider = ProviderName.vietcombank
  var currencies: [String] = []
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
