public import Foundation
import Vietnamese

/// A Swift type that a field can have.
public protocol FieldType: Sendable, Equatable {
  static var kind: FieldKind { get }
  /// Whether `.null` is one of its values.
  static var isOptional: Bool { get }
  var fieldValue: FieldValue { get }
  /// Reads a value of the canonical case of this kind (text for URLs, integers for references).
  init(fieldValue: FieldValue) throws(Refusal)
  /// Reads a value that this type has given, as it lies in the database: what needs no second look is not looked at.
  init(stored value: FieldValue) throws(Refusal)
}

extension FieldType {
  public static var isOptional: Bool { false }

  public init(stored value: FieldValue) throws(Refusal) { try self.init(fieldValue: value) }

  /// The refusal of a value of the wrong kind.
  static func mismatch(_ value: FieldValue) -> Refusal {
    Refusal(.invalid, "\(value.summary) is not \(kind.phrase)")
  }
}

extension String: FieldType {
  public static var kind: FieldKind { .text }
  public var fieldValue: FieldValue { .text(self) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .text(let text) = fieldValue else { throw Self.mismatch(fieldValue) }
    guard text.utf8.count <= FieldValue.longestText else {
      throw Refusal(
        .invalid, "holds \(text.utf8.count >> 20) MB",
        hint: "At most \(FieldValue.longestText >> 20) MB of text fit.")
    }
    guard !text.holdsNUL else {
      throw Refusal(.invalid, "\(fieldValue.summary) holds a NUL character", hint: "Take it out.")
    }
    self = Normalization.nfc(text)
  }

  public init(stored value: FieldValue) throws(Refusal) {
    guard case .text(let text) = value else { throw Self.mismatch(value) }
    self = text
  }
}

extension Int: FieldType {
  public static var kind: FieldKind { .integer }
  public var fieldValue: FieldValue { .integer(Int64(self)) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .integer(let integer) = fieldValue else { throw Self.mismatch(fieldValue) }
    self = Int(integer)
  }
}

extension Double: FieldType {
  public static var kind: FieldKind { .real }
  public var fieldValue: FieldValue { .real(self) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    switch fieldValue {
    case .real(let real) where real.isFinite: self = real
    case .integer(let integer): self = Double(integer)
    default: throw Self.mismatch(fieldValue)
    }
  }
}

extension Bool: FieldType {
  public static var kind: FieldKind { .bool }
  public var fieldValue: FieldValue { .bool(self) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .bool(let bool) = fieldValue else { throw Self.mismatch(fieldValue) }
    self = bool
  }
}

extension Date: FieldType {
  public static var kind: FieldKind { .date }
  public var fieldValue: FieldValue { .date(self) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .date(let date) = fieldValue else { throw Self.mismatch(fieldValue) }
    guard Timestamp.seconds.contains(date.timeIntervalSince1970) else {
      throw Refusal(.invalid, "A date outside the years 0 to 9999 cannot be kept")
    }
    self = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
  }
}

extension Optional: FieldType where Wrapped: FieldType {
  public static var kind: FieldKind { Wrapped.kind }
  public static var isOptional: Bool { true }
  public var fieldValue: FieldValue { self?.fieldValue ?? .null }
  public init(fieldValue: FieldValue) throws(Refusal) {
    self = fieldValue.isNull ? nil : try Wrapped(fieldValue: fieldValue)
  }
  public init(stored value: FieldValue) throws(Refusal) {
    self = value.isNull ? nil : try Wrapped(stored: value)
  }
}

extension Array: FieldType where Element == String {
  public static var kind: FieldKind { .texts }
  public var fieldValue: FieldValue { .list(map(\.fieldValue)) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .list(let values) = fieldValue else { throw Self.mismatch(fieldValue) }
    self = []
    for value in values { append(try String(fieldValue: value)) }
  }
}

/// A field type of a few named values; an enum of strings becomes one by saying that it is a `Choice`.
public protocol Choice: FieldType, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  public static var kind: FieldKind { .choice(allCases.map(\.rawValue)) }
  public var fieldValue: FieldValue { .text(rawValue) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .text(let text) = fieldValue, let choice = Self(rawValue: text) else {
      throw Refusal(
        .invalid, "\(fieldValue.summary) is none of the choices",
        hint: "One of: \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = choice
  }
}

extension String {
  /// Whether a NUL character is in it.
  fileprivate var holdsNUL: Bool {
    var text = self
    return text.withUTF8 { text in
      text.baseAddress.map { memchr($0, 0, text.count) != nil } ?? false
    }
  }
}
