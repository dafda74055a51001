/// What a template writes, asks and goes through.
///
/// A type says only what it can: one that is no text writes nothing, one that has no parts knows no names.
public protocol TemplateValue {
  /// Appends what `{{name}}` stands for, in UTF-8. Whoever makes the value escapes it; templates write it as it is.
  func write(to bytes: inout [UInt8])
  /// Whether `{{#name}}` is left out and `{{^name}}` is written.
  var isBlank: Bool { get }
  /// A part by its name; nil where it is to be looked for further out.
  func child(named name: String) -> (any TemplateValue)?
  /// Whether it only opens and closes sections, inside of which names mean what they meant before.
  var isFlag: Bool { get }
  /// Of a list, what `{{#name}}` is written for, one after the other; nil for what is no list.
  var elements: [any TemplateValue]? { get }
}

extension TemplateValue {
  public func write(to bytes: inout [UInt8]) {}
  public var isBlank: Bool { false }
  public var isFlag: Bool { false }
  public func child(named name: String) -> (any TemplateValue)? { nil }
  public var elements: [any TemplateValue]? { nil }
}

/// A flag opens and closes sections; inside of them names mean what they meant before.
extension Bool: TemplateValue {
  public var isBlank: Bool { !self }
  public var isFlag: Bool { true }
}

extension Array: TemplateValue where Element == any TemplateValue {
  public var isBlank: Bool { isEmpty }
  public var elements: [any TemplateValue]? { self }
}

/// A whole number that templates count with.
extension Int: TemplateValue {
  public func write(to bytes: inout [UInt8]) { bytes += String(self).utf8 }
}
