import Exchange
import Fetching
import Foundation
import SenKernel
import SenTesting
import Testing

struct ExchangeTests {
  let clock = TestClock("2026-06-14T08:00:00Z")
  let server: LocalServer
  let site: TestSite

  init() throws {
    server = try LocalServer()
    let clock = clock
    site = try TestSite([ExchangePlugin()], fetcher: ImpatientFetcher(URLSessionFetcher())) { clock.now }
    try site.run("config set exchange.bankAddress '\(server.address("/bank"))'")
    try site.run("config set exchange.ecbAddress '\(server.address("/ecb"))'")
    try site.run("board create Vietcombank --provider vietcombank")
  }

  private func failure(_ line: String, notes: MemoryOutput = MemoryOutput()) -> String {
    do {
      try site.run(line, notes)
      return "nothing was wrong"
    } catch {
      return "\(error)"
    }
  }

  private func csv(_ line: String) throws -> String {
    try site.run("\(line) --format csv").replacing("\r", with: "")
  }

  private func serve(_ text: String) { server.on("/bank", .answers(.init(text: text))) }

  /// A bank's list in today's form: a comment first, no declaration, padded names, missing rates in all their forms.
  private static func bank(_ time: String = "6/14/2026 2:45:53 PM", usd: String = "25,850.00") -> String {
    """
    <!--For reference only. Only one request every 5 minutes!--><ExrateList><DateTime>\(time)</DateTime>
    <Exrate CurrencyCode="USD" CurrencyName="US DOLLAR           " Buy="\(usd)" Transfer="25,880.00" Sell="26,260.00" />
    <Exrate CurrencyCode="EUR" CurrencyName="EURO  " Buy="" Transfer="29,987.16" Sell="31,252.39" />
    <Exrate CurrencyCode="KRW" CurrencyName="KOREAN WON " Buy="15.92" Transfer="-" Sell="0"/>
    <Exrate CurrencyCode="INR" CurrencyName="INDIAN RUPEE " Buy="N/A" Transfer="" Sell="0.00"/>
    <Source>Vietcombank</Source></ExrateList>
    """
  }

  private static let ecb = """
    <?xml version="1.0" encoding="UTF-8"?>
    <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
      xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject>
    <Cube><Cube time='2026-06-14'><Cube currency='USD' rate='1.1579'/><Cube currency="GBP" rate="0.85450"/></Cube>
    <Cube time="2026-06-12"><Cube currency="USD" rate="1.16"/></Cube></Cube></gesmes:Envelope>
    """

  @Test func ratesAreExactAndMissingOnesEmpty() throws {
    serve(Self.bank())
    try site.run("exchange refresh")
    #expect(
      try csv("exchange table vietcombank --fields currency,buy,transfer,sell,at,stale")
        == """
        currency,buy,transfer,sell,at,stale
        EUR,,29987.16,31252.39,2026-06-14T07:45:53Z,false
        KRW,15.92,,,2026-06-14T07:45:53Z,false
        USD,25850,25880,26260,2026-06-14T07:45:53Z,false

        """)
    try site.run("board set vietcombank currencies=usd|XAU|EUR")
    let notes = MemoryOutput()
    try site.run("exchange table --lang vi --format card", notes)
    #expect(notes.text.contains("buy: 25.850\ntransfer: 25.880\n"))
    #expect(notes.text.contains("buy: \ntransfer: 29.987,16\n"))
    #expect(notes.notes.contains { $0.contains("no rate of XAU") })
    #expect(notes.notes.first?.contains("Bank for Foreign Trade of Vietnam") == true)
    clock.move(by: 7 * 3600)
    #expect(try site.run("exchange table --field stale") == "true\ntrue\n")
  }

  @Test func theFormOfTwentyFifteenIsRead() throws {
    serve(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <ExrateList>
        <DateTime>12/1/2015 12:05:00 AM</DateTime>
        <Exrate CurrencyCode="AUD" CurrencyName="AUST.DOLLAR" Buy="16098.11" Transfer="16195.28" Sell="16341.49"/>
        <Exrate CurrencyCode="DKK" CurrencyName="DANISH KRONE" Buy="0" Transfer="3143.04" Sell="3242.69"/>
      </ExrateList>
      """.replacing("\n", with: "\r\n"))
    try site.run("exchange refresh")
    #expect(
      try csv("exchange table --fields currency,buy,sell,at")
        == "currency,buy,sell,at\nAUD,16098.11,16341.49,2015-11-30T17:05:00Z\nDKK,,3242.69,2015-11-30T17:05:00Z\n"
    )
  }

  @Test func allBoardsOfABankShareOneRequestInFiveMinutes() throws {
    serve(Self.bank())
    try site.run("board create 'Chỉ đô la' --currencies USD")
    try site.run("exchange refresh")
    #expect(server.requests.count == 1)
    #expect(try csv("exchange table chi-do-la --fields currency,sell") == "currency,sell\nUSD,26260\n")
    let notes = MemoryOutput()
    try site.run("exchange refresh", notes)
    #expect(notes.notes.first?.contains("not asked before 2026-06-14 15:05") == true)
    clock.move(by: 301)
    serve(Self.bank("6/14/2026 3:01:00 PM", usd: "25,900.5"))
    try site.run("job run exchange-refresh")
    #expect(server.requests.count == 2)
    #expect(
      try csv("exchange history usd --board @last --fields at,buy")
        == "at,buy\n2026-06-14T07:45:53Z,25850\n2026-06-14T08:01:00Z,25900.5\n")
    try site.run("exchange refresh --dry-run --force")
    #expect(server.requests.count == 2)
    try site.run("exchange refresh --force")
    #expect(server.requests.count == 3)
  }

  @Test func theEuropeanBankGetsDongByWayOfTheOther() throws {
    server.on("/ecb/eurofxref-hist-90d.xml", .answers(.init(text: Self.ecb)))
    server.on("/ecb/eurofxref-daily.xml", .answers(.init(text: Self.ecb)))
    serve(Self.bank())
    #expect(failure("board create ECB --provider ecb --currencies USD,GBP,EUR").contains("USD|EUR"))
    try site.run("board create ECB --provider ecb --currencies 'USD|GBP|EUR'")
    try site.run("exchange refresh")
    // 29987.16 đồng for a euro, which is 1.1579 dollars.
    #expect(
      try csv("exchange table ecb --fields currency,mid,cross,perEuro,transfer")
        == """
        currency,mid,cross,perEuro,transfer
        USD,25897.8841,true,1.1579,
        GBP,35093.2241,true,0.8545,
        EUR,29987.16,true,1,

        """)
    // No rate of the bank is known from before that day.
    #expect(
      try csv("exchange history USD --board ecb --since 2026-06-01 --fields at,mid,cross")
        == "at,mid,cross\n2026-06-12T00:00:00Z,,false\n2026-06-14T00:00:00Z,25897.8841,true\n")
    clock.move(by: 3600)
    try site.run("exchange refresh ecb")
    #expect(server.requests.map(\.path) == ["/bank", "/ecb/eurofxref-hist-90d.xml"])
    clock.move(by: 86_400)
    try site.run("exchange refresh ecb")
    #expect(server.requests.last?.path == "/ecb/eurofxref-daily.xml")
  }

  @Test func aNewBoardOfABankThatWasAskedAlreadyHasWhatIsKnown() throws {
    serve(Self.bank())
    try site.run("exchange refresh")
    try site.run("board create 'Chỉ đô la' --currencies USD")
    try site.run("exchange refresh chi-do-la")
    #expect(server.requests.count == 1)
    #expect(try site.run("exchange table chi-do-la --field buy") == "25850\n")
    #expect(failure("board set chi-do-la provider=ecb").contains("has rates of vietcombank"))
    try site.run("board create Khác --provider ecb")
    try site.run("board set khac provider=vietcombank")
  }

  @Test func historyDrawsBars() throws {
    for (minute, buy) in [(1, "25,000"), (10, "25,500"), (20, "26,000")] {
      serve(Self.bank("6/14/2026 3:\(minute):00 PM", usd: buy).replacing("Transfer=\"25,880.00\"", with: ""))
      try site.run("exchange refresh --force")
    }
    let bars = try site.run("exchange history USD --since 30d --chart --field chart").split(separator: "\n")
    #expect(bars.map(\.count) == [1, 16, 30])
    #expect(try site.run("exchange history XAU --format count") == "0\n")
    #expect(failure("exchange history USD --since soon").contains("soon"))
    #expect(failure("exchange history USD --board nowhere").contains("nowhere"))
  }

  @Test(arguments: [
    (LocalServer.Manner.keepsSilent, "timed out"), (.hangsUp, "Empty reply"), (.endless, "larger than"),
    (.stalls(.init(text: bank()), after: 40), "timed out"),
    (.breaksOff(.init(text: bank()), after: 200), "remaining to read"),
    (.lies(.init(text: bank()), length: 9_000), "remaining to read"),
    (.lies(.init(text: bank()), length: 300), "broken XML"),
    (.answers(.init(500, text: bank())), "answered 500"), (.answers(.init(text: "")), "with nothing"),
    (.answers(.init(text: "\n<!DOCTYPE html><html><body>Bảo trì</body></html>")), "web page instead of XML"),
    (.answers(.init(text: String(bank().dropLast(30)))), "broken XML"),
    (.answers(.init(text: ecb)), "no list of a bank's rates"),
    (
      .answers(.init(text: "<ExrateList><DateTime>6/14/2026 2:45:53 PM</DateTime></ExrateList>")),
      "holds no rates"
    ),
    (.answers(.init(text: bank("14/6/2026 2:45:53 PM"))), "for its time"),
    (.answers(.init(text: bank("6/14/2026 14:45:53 PM"))), "for its time"),
    (.answers(.init(text: bank(usd: "25,85"))), "USD Buy"),
    (.answers(.init(text: bank(usd: "n/a"))), "no rate"),
    (.answers(.init(text: bank(usd: "-5"))), "no rate"),
    (
      .answers(.init(text: "<!DOCTYPE l [<!ENTITY a SYSTEM '/etc/passwd'>]><ExrateList>&a;</ExrateList>")),
      "entities"
    ),
    (
      .answers(.init(text: String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40))),
      "too deep"
    ),
    (.answers(.init(text: "<a>" + String(repeating: "<b/>", count: 30_000) + "</a>")), "too long"),
  ])
  func badMannersAreToldWithTheAddressAndTheLastAnswerStays(manner: LocalServer.Manner, why: String) throws {
    serve(Self.bank())
    try site.run("exchange refresh")
    server.on("/bank", manner)
    let told = failure("exchange refresh --force")
    #expect(told.hasPrefix("Vietcombank: \(server.address("/bank"))"), "\(told)")
    #expect(told.contains(why), "\(told)")
    #expect(
      try csv("exchange table --fields currency,transfer --limit 1") == "currency,transfer\nEUR,29987.16\n")
  }

  @Test func ratesOfTheFutureAreRefusedAndOldOnesAreStaleWhoeverGivesThem() throws {
    serve(Self.bank("6/14/2099 2:45:53 PM"))
    #expect(failure("exchange refresh").contains("still to come"))
    serve(Self.bank("6/5/2026 2:45:53 PM"))
    try site.run("exchange refresh --force")
    #expect(try site.run("exchange table --field stale --limit 1") == "false\n")
    serve(Self.bank("6/4/2026 2:45:53 PM", usd: "25,000.00"))
    let other = try TestSite([ExchangePlugin()], fetcher: ImpatientFetcher(URLSessionFetcher())) {
      [clock] in clock.now
    }
    try other.run("config set exchange.bankAddress '\(server.address("/bank"))'")
    try other.run("board create Vietcombank")
    try other.run("exchange refresh")
    #expect(try other.run("exchange table --field stale --limit 1") == "true\n")
  }

  @Test func currenciesOfABoardAreCodes() throws {
    #expect(failure("board create A --currencies 'US$'").contains("no currency"))
    #expect(failure("board create A --currencies usd --currencies USD").contains("twice"))
    try site.run("board create A --currencies usd --currencies EUR")
  }

  @Test func oneBankOfTwoIsAPartAndAFailedOneIsAskedLessAndLess() throws {
    serve(Self.bank())
    server.on("/ecb/eurofxref-hist-90d.xml", .answers(.init(503, headers: ["Retry-After": "7200"], text: "")))
    try site.run("board create ECB --provider ecb")
    let notes = MemoryOutput()
    #expect(failure("exchange refresh", notes: notes).contains("DoneInPart"))
    #expect(
      notes.notes.first?.hasPrefix("ECB: \(server.address("/ecb/eurofxref-hist-90d.xml")): answered 503")
        == true)
    clock.move(by: 7100)
    let later = MemoryOutput()
    try site.run("exchange refresh", later)
    #expect(later.notes.contains { $0.contains("ECB: gave nothing (answered 503); not asked before") })
    clock.move(by: 200)
    server.on("/ecb/eurofxref-hist-90d.xml", .answers(.init(text: Self.ecb)))
    try site.run("exchange refresh ecb")
    #expect(try site.run("exchange table ecb --format count") == "3\n")
  }

  @Test func ratesTravelInArchivesAndBlocksKnowTheirBoard() throws {
    serve(Self.bank())
    try site.run("exchange refresh")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([ExchangePlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("exchange table --field sell") == site.run("exchange table --field sell"))
    try site.run("block add exchange --set board=vietcombank --set count=5")
    #expect(failure("block add exchange --set count=0").contains("1 to 50"))
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: ExchangePlugin()) == [])
    for spec in site.table.commands.map(\.spec) where spec.noun == "exchange" {
      #expect(!spec.examples.isEmpty)
      for example in spec.examples {
        _ = try site.table.grammar.parse(words: Array(Line.parse(example).words.dropFirst()))
      }
    }
  }

  // MARK: Files of the banks, where they lie beside the project

  static let data =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path + "/shared/data/rates"

  @Test(
    .enabled("skipped: ../shared/data/rates is not there") { FileManager.default.fileExists(atPath: data) },
    arguments: [
      ("vcb-2022-12-21-full.xml", 20, "KWD,,77205.93,80301.57,2022-12-21T07:36:27Z"),
      ("vcb-2026-06-13-trimmed.xml", 5, "JPY,158.69,160.29,168.77,2026-06-13T07:45:53Z"),
    ])
  func realListsOfTheBankAreRead(file: String, count: Int, row: String) throws {
    server.on("/bank", .answers(try .init(file: "\(Self.data)/vietcombank/\(file)")))
    try site.run("exchange refresh")
    #expect(try site.run("exchange table --format count") == "\(count)\n")
    let shown = try csv("exchange table --fields currency,buy,transfer,sell,at")
    #expect(shown.contains("\n\(row)\n"), "\(shown)")
  }

  @Test(
    .enabled("skipped: ../shared/data/rates is not there") { FileManager.default.fileExists(atPath: data) },
    arguments: [
      ("ecb/roojs-eurofxref-daily.xml", "GBP,0.8545,2013-01-28T00:00:00Z", 1),
      ("ecb-rubymoney/spec/exchange_rates.xml", "USD,", 1),
      ("ecb-rubymoney/spec/exchange_rates_90_day.xml", "USD,1.179,2018-06-11T00:00:00Z", 60),
    ])
  func realFilesOfTheEuropeanBankAreRead(file: String, row: String, days: Int) throws {
    server.on("/ecb/eurofxref-hist-90d.xml", .answers(try .init(file: "\(Self.data)/\(file)")))
    try site.run("board create ECB --provider ecb")
    try site.run("exchange refresh ecb")
    let shown = try csv("exchange table ecb --fields currency,perEuro,at")
    #expect(shown.contains("\n\(row)"), "\(shown)")
    let history = try site.run("exchange history USD --since 1999-01-04 --format count")
    #expect(Int(history.dropLast()).map { $0 >= days } == true, "\(history)")
  }
}
