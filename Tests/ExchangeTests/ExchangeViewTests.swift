import Exchange
import Fetching
import Foundation
import SenKernel
import SenTesting
import Testing

/// What visitors see of exchange rates.
struct ExchangeViewTests {
  private let clock = TestClock("2026-06-14T08:00:00Z")
  private let server: LocalServer
  private let site: TestSite

  private static let bank = """
    <ExrateList><DateTime>6/14/2026 2:45:53 PM</DateTime>
    <Exrate CurrencyCode="USD" CurrencyName="US DOLLAR" Buy="25,850.00" Transfer="25,880.00" Sell="26,260.00" />
    <Exrate CurrencyCode="EUR" CurrencyName="EURO" Buy="" Transfer="29,987.16" Sell="31,252.39" />
    <Exrate CurrencyCode="KRW" CurrencyName="KOREAN WON" Buy="15.92" Transfer="-" Sell="0"/></ExrateList>
    """
  private static let ecb = """
    <?xml version="1.0" encoding="UTF-8"?>
    <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
      xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
    <Cube><Cube time='2026-06-14'><Cube currency='USD' rate='1.1579'/></Cube></Cube></gesmes:Envelope>
    """

  init() throws {
    server = try LocalServer()
    site = try TestSite([ExchangePlugin()], fetcher: ImpatientFetcher(URLSessionFetcher())) { [clock] in
      clock.now
    }
    try site.run("config set exchange.bankAddress '\(server.address("/bank"))'")
    try site.run("config set exchange.ecbAddress '\(server.address("/ecb"))'")
    try site.run("board create Vietcombank --slug vcb --provider vietcombank --state published")
    server.on("/bank", .answers(.init(text: Self.bank)))
    server.on("/ecb/eurofxref-hist-90d.xml", .answers(.init(text: Self.ecb)))
  }

  @Test func theBlockShowsRatesWithTheDecimalsOfTheirSource() throws {
    #expect(try site.view(ofBlock: "exchange") == nil)
    try site.run("exchange refresh")
    let trace = PageTrace()
    let view = try #require(try site.view(ofBlock: "exchange", trace: trace))
    #expect(
      view.views("rates").map(\.text) == [
        "{at: 2026-06-14T07:45:53Z, buyCash: -, buyTransfer: 29987.16, currency: EUR, isCross: no, isStale: no, "
          + "mid: -, perEuro: -, sell: 31252.39}",
        "{at: 2026-06-14T07:45:53Z, buyCash: 15.92, buyTransfer: -, currency: KRW, isCross: no, isStale: no, "
          + "mid: -, perEuro: -, sell: -}",
        "{at: 2026-06-14T07:45:53Z, buyCash: 25850, buyTransfer: 25880, currency: USD, isCross: no, isStale: no, "
          + "mid: -, perEuro: -, sell: 26260}",
      ])
    #expect(view.text("board") == "board:vcb" && view.text("at") == "2026-06-14T07:45:53Z")
    #expect(view.text("attribution")?.contains("Vietcombank") == true)
    #expect(view.text("isStale") == "no" && view.text("isCross") == "no")
    #expect(view.text("crossAttribution") == "-")
    #expect(trace.expiry == clock.now + 6 * 3600 + 1 && !trace.items.isEmpty)
    clock.move(by: 6 * 3600 + 1)
    #expect(try site.view(ofBlock: "exchange")?.text("isStale") == "yes")
  }

  @Test func theBoardSaysWhichCurrenciesAndTheBlockHowMany() throws {
    try site.run("exchange refresh")
    try site.run("board set vcb currencies=usd|XAU|EUR")
    func currencies(_ options: String) throws -> [String?]? {
      try site.view(ofBlock: "exchange", "board=vcb", options)?.views("rates").map { $0.text("currency") }
    }
    #expect(try currencies("count=9") == ["USD", "EUR"])
    #expect(try currencies("count=1") == ["USD"])
    try site.run("board set vcb currencies=XAU")
    #expect(try currencies("count=9") == nil)
    try site.run("board unpublish vcb")
    #expect(try site.view(ofBlock: "exchange", "board=vcb") == nil)
  }

  @Test func ratesThroughTheEuroSaySo() throws {
    try site.run("board create ECB --slug ecb --provider ecb --state published")
    try site.run("exchange refresh")
    let view = try #require(try site.view(ofBlock: "exchange", "board=ecb"))
    let dollar = try #require(view.views("rates").last)
    #expect(dollar.text("currency") == "USD" && dollar.text("isCross") == "yes")
    #expect(dollar.text("perEuro") == "1.1579" && dollar.text("mid") == "25897.8841")
    #expect(view.text("isCross") == "yes")
    #expect(view.text("crossAttribution")?.contains("Vietcombank") == true)
    #expect(view.text("attribution")?.contains("European Central Bank") == true)
  }
}
