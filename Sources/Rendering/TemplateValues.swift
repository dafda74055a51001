import ContentModel
import Foundation
import Hypertext
import SenKernel
import Templates
import Vietnamese

/// HTML as it is to be written: escaped already, or made by the sanitiser.
///
/// `{{x}}` and `{{{x}}}` both write what stands here: no template can forget to escape, and none can do it twice.
struct Written: TemplateValue {
  let html: String
  var isBlank: Bool { html.isEmpty }
  func write(to bytes: inout [UInt8]) { bytes.append(utf8: html) }

  static let nothing = Written(html: "")

  init(html: String) { self.html = html }
  init(escaping text: String) { html = SafeHTML(escaping: text).text }
}

/// What a template has written, in UTF-8, for another to put in its place.
struct Rendered: TemplateValue {
  let bytes: [UInt8]
  var isBlank: Bool { bytes.isEmpty }
  func write(to bytes: inout [UInt8]) { bytes += self.bytes }
}

extension [UInt8] {
  /// Adds a text in UTF-8.
  mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }
}

/// A text; of a choice, `{{#style.is.titles}}` asks whether it is this word.
struct TextValue: TemplateValue {
  let text: String

  func write(to bytes: inout [UInt8]) { SafeHTML.append(escaping: text, to: &bytes) }
  var isBlank: Bool { text.isEmpty }
  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "length": Written(html: String(text.count))
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

  func write(to bytes: inout [UInt8]) { bytes.append(utf8: text) }
  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "value": Written(html: Int(exactly: number).map(String.init) ?? String(number))
    case "whole": Written(html: Self.rounded(number))
    case "halves": Written(html: Self.rounded(number * 2))
    case "isZero": number == 0
    default: nil
    }
  }

  private static func rounded(_ number: Double) -> String {
    Int(exactly: number.rounded()).map(String.init) ?? String(format: "%.0f", number.rounded())
  }
}

/// A moment: `{{published}}` for people, `{{published.iso}}` for machines.
struct MomentValue: TemplateValue {
  let date: Date
  let writer: ValueWriter
  private var style: PeopleStyle { writer.style }

  var text: String { style.text(.date(date)) }
  var time: String { clock.time }
  var day: String {
    let clock = clock
    return style.language == .vi
      ? "\(clock.day)/\(clock.month)/\(clock.year)" : "\(clock.year)-\(clock.month)-\(clock.day)"
  }
  private var clock: WallClock { WallClock(date, style.timeZone) }

  func write(to bytes: inout [UInt8]) { bytes.append(utf8: text) }
  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "day": Written(html: day)
    case "time": Written(html: time)
    case "iso": Written(html: Timestamp.text(date))
    default: nil
    }
  }
}

/// Values by their names, already as templates take them.
struct NamedValues: TemplateValue {
  let values: [String: any TemplateValue]
  func child(named name: String) -> (any TemplateValue)? { values[name] ?? Blank.asked(name) { values[$0] } }
}
