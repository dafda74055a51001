import Foundation

/// Numbers as Vietnamese pages print them: `3.843`, `33,16%`; a point between thousands, a comma before decimals.
public enum VietnameseNumber {
  /// `3843` → `3.843`.
  public static func text(_ number: some BinaryInteger) -> String {
    (number < 0 ? "-" : "") + grouped(String(number.magnitude))
  }

  /// `1234.5` → `1.234,5`; with `decimals`, exactly so many: `1.234,50`. Without it, as many as the number has.
  public static func text(_ number: Double, decimals: Int? = nil) -> String {
    guard number.isFinite else { return number.isNaN ? "?" : number < 0 ? "-∞" : "∞" }
    // Most are counts.
    if decimals ?? 0 <= 0, let whole = Int(exactly: number) { return text(whole) }
    let digits =
      decimals.map { String(format: "%.\(max(0, $0))f", number.magnitude) } ?? plain(number.magnitude)
    let parts = digits.split(separator: ".")
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    let fraction = parts.count > 1 ? ",\(parts[1])" : ""
    return (number < 0 && !isZero ? "-" : "") + grouped(String(parts[0])) + fraction
  }

  /// A part of one as a percentage: `0.3316` → `33,16%`, `0.5` → `50%`; two decimals at most.
  public static func percent(_ share: Double, decimals: Int = 2) -> String {
    let text = text(share * 100, decimals: decimals)
    guard text.contains(",") else { return text + "%" }
    let short = String(text.reversed().drop { $0 == "0" }.reversed())
    return (short.last == "," ? String(short.dropLast()) : short) + "%"
  }

  /// All decimals of a number and no more, without an exponent.
  private static func plain(_ number: Double) -> String {
    let shortest = "\(number)"
    guard shortest.contains("e") else {
      return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
    }
    if number >= 1 { return String(format: "%.0f", number) }
    return Decimal(string: shortest)?.description ?? "0"
  }

  private static func grouped(_ digits: String) -> String {
    if digits.utf8.count <= 3 { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(".") }
      result.append(digit)
    }
    return result
  }
}
