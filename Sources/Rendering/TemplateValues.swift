import Foundation
import Hypertext
import Templates

/// HTML as it is to be written: escaped already, or made by the sanitiser.
///
/// `{{x}}` and `{{{x}}}` both write what stands here: no template can forget to escape, and none can do it twice.
struct Written: TemplateValue {
  let renderText: String
  var isBlank: Bool { renderText.isEmpty }
  func write(to text: inout String) { text += renderText }

  static let nothing = Written(renderText: "")

  init(renderText: String) { self.renderText = renderText }
  init(escaping text: String) { renderText = SafeHTML(escaping: text).text }
}

/// A text; of a choice, `{{#style.is.titles}}` asks whether it is this word.
struct TextValue: TemplateValue {
  let text: String

  func write(to text: inout String) { text += SafeHTML(escaping: self.text).text }
  var isBlank: Bool { text.isEmpty }
  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "length": Written(renderText: String(text.count))
    case "is": Choice(text: text)
    default: nil
    }
  }

  private struct Choice: TemplateValue {
    let text: String
    func child(named name: String) -> (any TemplateValue)? { name == text }
  }
}

/// A number as people read it; `{{votes.value}}` is for machines, `{{percent.whole}}` for the width of a bar, and
/// `{{average.halves}}` counts half stars.
struct NumberValue: TemplateValue {
  let number: Double
  let text: String

  func write(to text: inout String) { text += self.text }
  func child(named name: String) -> (any TemplateValue)? {
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
struct MomentValue: TemplateValue {
  let date: Date
  let text: String
  let day: String
  let time: String
  let iso: String

  func write(to text: inout String) { text += self.text }
  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "day": Written(renderText: day)
    case "time": Written(renderText: time)
    case "iso": Written(renderText: iso)
    default: nil
    }
  }
}

/// Values by their names, already as templates take them.
struct NamedValues: TemplateValue {
  let values: [String: any TemplateValue]
  func child(named name: String) -> (any TemplateValue)? { values[name] ?? Blank.asked(name) { values[$0] } }
}
