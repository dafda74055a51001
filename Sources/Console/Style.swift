/// Colours, or none: every escape sequence that data output uses comes from here.
public struct Style: Sendable, Hashable {
  /// What `--color` may say.
  public enum Choice: String, Sendable, CaseIterable {
    case auto, always, never
  }

  /// Whether anything is coloured at all.
  public var enabled: Bool

  public init(enabled: Bool) { self.enabled = enabled }

  /// No colours.
  public static let plain = Style(enabled: false)

  /// Decides by `--color`, then `NO_COLOR` (https://no-color.org: present and not empty), then whether
  /// there is a terminal that can show colours.
  public static func decide(
    _ choice: Choice, environment: [String: String], isTerminal: Bool
  ) -> Style {
    switch choice {
    case .always: return Style(enabled: true)
    case .never: return .plain
    case .auto:
      let forbids = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      let terminal = environment["TERM"] ?? ""
      return Style(enabled: isTerminal && !forbids && !terminal.isEmpty && terminal != "dumb")
    }
  }

  public func bold(_ text: String) -> String { wrap("1", text) }
  public func dim(_ text: String) -> String { wrap("2", text) }
  public func red(_ text: String) -> String { wrap("31", text) }
  public func green(_ text: String) -> String { wrap("32", text) }
  public func yellow(_ text: String) -> String { wrap("33", text) }

  /// `text` without colours (`ESC [ … m`).
  static func removed(from text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var result = String.UnicodeScalarView()
    var inSequence = false
    for scalar in text.unicodeScalars {
      if inSequence {
        inSequence = scalar != "m"
      } else if scalar == "\u{1B}" {
        inSequence = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private func wrap(_ code: String, _ text: String) -> String {
    enabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
