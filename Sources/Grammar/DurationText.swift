public import ContentModel
public import Foundation

/// Lengths of time as typed: `30d`, `2w`, `90m`, `12h`, `6mo` (30 days each), `1y` (365 days).
public enum DurationText {
  /// The length in seconds.
  public static func parse(_ text: String) throws(Refusal) -> TimeInterval {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units: [String: Double] = [
      "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000, "y": 31_536_000,
    ]
    guard let count = Double(digits), count < 1e9, let unit = units[String(text.dropFirst(digits.count))]
    else {
      throw Refusal(
        .invalid, "\(text.shown) is no length of time", hint: "Write 30d, 2w, 90m, 12h, 6mo or 1y.")
    }
    return count * unit
  }
}
