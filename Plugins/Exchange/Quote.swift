import Foundation
import SenKernel

/// What a source says of one currency at one moment.
struct Quote: Equatable {
  /// ISO 4217: `USD`.
  var currency: String
  var at: Date
  /// Đồng for one unit; nil where the bank does not do that.
  var buy: Rate?
  var transfer: Rate?
  var sell: Rate?
  /// Units for one euro, of the European Central Bank.
  var perEuro: Rate?
}

/// A rate as its source printed it, exactly: a decimal of at most 15 significant digits.
///
/// Such decimals survive in a double: it is the double nearest to them, and its shortest text is them again
/// (IEEE 754, DBL_DIG = 15). So 25850.00 is 25850 everywhere, never 25849.999, and tables, JSON and SQL can treat
/// it as a number.
struct Rate: Equatable {
  let value: Double

  init(_ value: Double) { self.value = value }

  /// Reads `25,850.00`, `25850.00` or `25850`; nil for a rate that is missing: `-`, empty, `N/A` or `0`.
  init?(_ text: String) throws(Refusal) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if ["", "-", "N/A"].contains(text) { return nil }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let isGrouped =
      groups.count == 1
      || (1...3).contains(groups[0].utf8.count) && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
    let digits = groups.joined() + (parts.count > 1 ? parts[1] : "")
    let significant = digits.drop { $0 == "0" }
    guard isGrouped, !groups[0].isEmpty, parts.count == 1 || !parts[1].isEmpty, significant.utf8.count <= 15,
      digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let value = Double(groups.joined() + (parts.count > 1 ? ".\(parts[1])" : ""))
    else { throw Refusal(.invalid, "\(FieldValue.text(text).summary) is no rate") }
    guard value > 0 else { return nil }
    self.value = value
  }

  /// A rate through a third currency, to four decimals, reckoned in decimals.
  init(_ rate: Rate, dividedBy other: Rate) {
    var exact = rate.decimal / other.decimal
    var rounded = Decimal()
    NSDecimalRound(&rounded, &exact, 4, .plain)
    value = Double(rounded.description) ?? rate.value / other.value
  }

  private var decimal: Decimal { Decimal(string: "\(value)") ?? Decimal(value) }

  /// A whole rate shows no decimals.
  var fieldValue: FieldValue { Int64(exactly: value).map { .integer($0) } ?? .real(value) }
}

extension Rate? {
  var fieldValue: FieldValue { self?.fieldValue ?? .null }
}
