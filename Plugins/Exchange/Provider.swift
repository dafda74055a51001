import Foundation
import SenKernel

/// A bank that publishes rates, as a value: where, how often it may be asked, and how it is read.
struct Provider: Sendable {
  let name: ProviderName
  /// Who is to be named beside its rates.
  let attribution: String
  let address: String
  /// The fewest seconds between two requests.
  let interval: Double
  /// So long after the last good answer, the rates are stale.
  let staleAfter: Double
  /// So old, rates are stale although the source still gives them: no bank is closed for longer, not even at Tết.
  static let oldest = 10 * 86_400.0
  /// The file below the address: with the last 90 days, or the last day only.
  let file: @Sendable (_ withHistory: Bool) -> String
  let read: @Sendable (Sheet) throws -> [Quote]

  /// What comes of an answer; a refusal says why nothing does.
  func parse(_ response: FetchResponse, at now: Date) throws -> [Quote] {
    let quotes = try read(Sheet(response))
    // Such rates would be the newest for ever, and never stale.
    if let quote = quotes.first(where: { $0.at > now + 86_400 }) {
      throw Refusal(.invalid, "gives rates of \(Timestamp.text(quote.at)), which is still to come")
    }
    return quotes
  }

  /// One request in five minutes, as its own feed demands.
  static let vietcombank = Provider(
    name: .vietcombank, attribution: "Joint Stock Commercial Bank for Foreign Trade of Vietnam - Vietcombank",
    address: "https://portal.vietcombank.com.vn/Usercontrols/TVPortal.TyGia/pXML.aspx?b=10", interval: 300,
    staleAfter: 6 * 3600, file: { _ in "" }, read: BankSheet.quotes)

  /// Reference rates of about 16:00 CET on working days: once a day is enough.
  static let ecb = Provider(
    name: .ecb, attribution: "European Central Bank, euro foreign exchange reference rates",
    address: "https://www.ecb.europa.eu/stats/eurofxref/", interval: 86_400, staleAfter: 2 * 86_400,
    file: { $0 ? "eurofxref-hist-90d.xml" : "eurofxref-daily.xml" }, read: EuroSheet.quotes)

  static func named(_ name: ProviderName) -> Provider { name == .ecb ? ecb : vietcombank }

  func address(_ settings: ExchangeSettings) -> String {
    switch name {
    case .vietcombank: settings.bankAddress?.text ?? address
    case .ecb:
      settings.ecbAddress.map { $0.text.hasSuffix("/") ? $0.text : $0.text + "/" } ?? address
    }
  }
}

/// The feed of Vietcombank: đồng for one unit, of the moment that its `DateTime` says.
enum BankSheet {
  static func quotes(_ sheet: Sheet) throws -> [Quote] {
    guard sheet.elements.first?.name == "ExrateList" else {
      throw Refusal(.invalid, "answered with XML that is no list of a bank's rates")
    }
    let text = sheet.all("DateTime").first?.text ?? ""
    guard let at = time(text) else {
      throw Refusal(.invalid, "says “\(text)” for its time, which is none")
    }
    let quotes = try sheet.all("Exrate").compactMap { element -> Quote? in
      let code = currency(element.attributes["CurrencyCode"])
      guard let code else { throw Refusal(.invalid, "holds a rate without a currency") }
      func rate(_ name: String) throws -> Rate? {
        do {
          return try Rate(element.attributes[name] ?? "")
        } catch { throw error.at("\(code) \(name)") }
      }
      let quote = try Quote(
        currency: code, at: at, buy: rate("Buy"), transfer: rate("Transfer"), sell: rate("Sell"))
      return quote.buy == nil && quote.transfer == nil && quote.sell == nil ? nil : quote
    }
    guard !quotes.isEmpty else { throw Refusal(.invalid, "holds no rates") }
    return quotes
  }

  static func currency(_ text: String?) -> String? {
    guard let code = text?.trimmingCharacters(in: .whitespacesAndNewlines), code.utf8.count == 3,
      code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A })
    else { return nil }
    return code
  }

  /// `9/2/2026 5:38:54 PM`, month first, in Vietnam's time.
  static func time(_ text: String) -> Date? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 3, ["AM", "PM"].contains(words[2].uppercased()) else { return nil }
    let day = words[0].split(separator: "/").compactMap { Int($0) }
    let clock = words[1].split(separator: ":").compactMap { Int($0) }
    guard day.count == 3, clock.count == 3, (1970...9999).contains(day[2]), (1...12).contains(day[0]),
      Timestamp.isDay(day[2], day[0], day[1]), (1...12).contains(clock[0]), (0..<60).contains(clock[1]),
      (0..<60).contains(clock[2])
    else { return nil }
    let hour = clock[0] % 12 + (words[2].uppercased() == "PM" ? 12 : 0)
    let seconds = Timestamp.days(day[2], day[0], day[1]) * 86_400 + hour * 3600 + clock[1] * 60 + clock[2]
    return Date(timeIntervalSince1970: Double(seconds - 7 * 3600))
  }
}

/// The files of the European Central Bank: units for one euro, day by day.
enum EuroSheet {
  static func quotes(_ sheet: Sheet) throws -> [Quote] {
    guard sheet.elements.first?.name == "Envelope" else {
      throw Refusal(.invalid, "answered with XML that holds no euro reference rates")
    }
    var quotes: [Quote] = []
    var at: Date?
    for cube in sheet.all("Cube") {
      if let day = cube.attributes["time"] {
        at = Timestamp.date(day + "T00:00:00Z")
        guard let at else { throw Refusal(.invalid, "says “\(day)” for a day, which is none") }
        quotes.append(Quote(currency: "EUR", at: at, perEuro: Rate(1)))
      } else if let text = cube.attributes["rate"] {
        guard let at, let currency = BankSheet.currency(cube.attributes["currency"]) else {
          throw Refusal(.invalid, "holds a rate without a day or a currency")
        }
        let rate: Rate?
        do { rate = try Rate(text) } catch { throw error.at(currency) }
        if let rate { quotes.append(Quote(currency: currency, at: at, perEuro: rate)) }
      }
    }
    guard quotes.contains(where: { $0.currency != "EUR" }) else {
      throw Refusal(.invalid, "holds no rates")
    }
    return quotes
  }
}
