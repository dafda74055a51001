import Foundation
import Hypertext
import Mustache

/// HTML as it is to be written: escaped already, or made by the sanitiser.
///
/// Templates are read as text, so that `{{x}}` and `{{{x}}}` both write what stands here: no template can forget to
/// escape, and none can do it twice.
struct Written: MustacheCustomRenderable {
  let renderText: String
  var isNull: Bool { renderText.isEmpty }

  static let nothing = Written(renderText: "")

  init(renderText: String) { self.renderText = renderText }
  init(escaping text: String) { renderText = SafeHTML(escaping: text).text }
}

/// It has no parts; saying so spares a look at it by reflection.
extension Written: MustacheParent {
  func child(named name: String) -> Any? { nil }
}

/// A text; of a choice, `{{#style.is.titles}}` asks whether it is this word.
struct TextValue: MustacheCustomRenderable, MustacheParent {
  let text: String

  var renderText: String { SafeHTML(escaping: text).text }
  var isNull: Bool { text.isEmpty }
  func child(named name: String) -> Any? {
    switch name {
    case "length": Written(renderText: String(text.count))
    case "is": Choice(text: text)
    default: nil
    }
  }

  private struct Choice: MustacheParent {
    let text: String
    func child(named name: String) -> Any? { name == text }
  }
}

/// A number as people read it; `{{votes.value}}` is for machines, `{{percent.whole}}` for the width of a bar, and
/// `{{average.halves}}` counts half stars.
struct NumberValue: MustacheCustomRenderable, MustacheParent {
  let number: Double
  let text: String

  var renderText: String { text }
  var isNull: Bool { false }
  func child(named name: String) -> Any? {
    switch name {
    case "value": Written(renderText: number == number.rounded() ? String(Int(number)) : String(number))
    case "whole": Written(renderText: Self.rounded(number))
    case "halves": Written(renderText: Self.rounded(number * 2))
    case "isZero": number == 0
    default: nil
    }
  }

  private static func rounded(_ number: Double) -> String { String(format: "%.0f", number.rounded()) }
}

/// A moment: `{{published}}` for people, `{{published.iso}}` for machines.
struct MomentValue: MustacheCustomRenderable, MustacheParent {
  let date: Date
  let text: String
  let day: String
  let time: String
  let iso: String

  var renderText: String { text }
  var isNull: Bool { false }
  func child(named name: String) -> Any? {
    switch name {
    case "day": Written(renderText: day)
    case "time": Written(renderText: time)
    case "iso": Written(renderText: iso)
    default: nil
    }
  }
}

/// Values by their names, already as Mustache takes them.
struct NamedValues: MustacheParent {
  let values: [String: Any]
  func child(named name: String) -> Any? { values[name] ?? Blank.asked(name) { values[$0] } }
}
