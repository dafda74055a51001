import ContentModel
import Foundation

/// The shapes of values, checked where a command is parsed, so that no command has to.
extension ValueKind {
  /// Refuses (`usage`) a value that cannot be of this kind. What takes a site to know, such as whether an item or a
  /// field is there, is not looked at.
  /// - Parameter place: what the value is for, such as `--limit`.
  func check(_ text: String, _ place: String) throws(Refusal) {
    switch self {
    case .integer:
      guard Int(text) == nil else { return }
      let isLong =
        text.drop { $0 == "-" || $0 == "+" }.allSatisfy { $0.isASCII && $0.isNumber } && text.count > 18
      throw Refusal(
        .usage, "\(place): \(text.shown) is \(isLong ? "too big" : "no whole number")",
        hint: "Example: \(example(place, "20"))")
    case .real:
      guard let number = Double(text.replacing(",", with: ".")), number.isFinite, !text.contains("x") else {
        throw Refusal(
          .usage, "\(place): \(text.shown) is no number", hint: "Example: \(example(place, "33.16"))")
      }
    case .bool:
      guard BoolText.parse(text) == nil else { return }
      throw Refusal(
        .usage, "\(place): \(text.shown) is neither yes nor no", hint: "Example: \(example(place, "yes"))")
    case .date:
      try told(of: place) { () throws(Refusal) in
        _ = try DateText.parse(text, now: Date(timeIntervalSince1970: 0), timeZone: .gmt)
      }
    case .choice(let choices):
      guard !choices.contains(text) else { return }
      let near = Suggestion.nearest(text, in: choices).map { "Did you mean `\($0)`? " } ?? ""
      throw Refusal(
        .usage, "\(place) cannot be \(text.shown)", hint: "\(near)One of: \(choices.joined(separator: ", "))")
    case .expression: _ = try Filter.parse(text)
    case .reference: try told(of: place) { () throws(Refusal) in _ = try ReferenceText.parse(text) }
    case .field, .fields, .order, .noun, .verb, .path:
      guard text.allSatisfy(\.isWhitespace) else { return }
      throw Refusal(.usage, "\(place) is empty", hint: "Write \(example(place, placeholder)).")
    case .text, .assignment, .fieldValue, .option, .command: return
    }
  }

  private func example(_ place: String, _ value: String) -> String {
    place.hasPrefix("-") ? "\(place) \(value)" : value
  }

  private func told(of place: String, _ body: () throws(Refusal) -> Void) throws(Refusal) {
    do { try body() } catch { throw Refusal(.usage, "\(place): \(error.message)", hint: error.hint) }
  }
}

/// Yes and no as people type them, in English and Vietnamese.
public enum BoolText {
  /// nil for any other word.
  public static func parse(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "y", "1", "on", "có": true
    case "false", "no", "n", "0", "off", "không": false
    default: nil
    }
  }
}
