public import Foundation

/// A value of a field, apart from any plugin's types: what codecs write, tables show and checks see.
///
/// A reference travels as the text of its `uid` (archives) or slug (people), and as an integer only
/// inside one database.
public enum FieldValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  /// Unicode text, NFC once it has been through a `Field`.
  case text(String)
  /// A moment, kept to the second, always UTC.
  case date(Date)
  case list([FieldValue])
  case map(FieldMap)

  /// The longest text that a field takes, in bytes of UTF-8.
  public static let longestText = 8 << 20
  /// So many bytes the texts of an item may have together. Its line in an archive, with every character escaped, is then
  /// one that an import reads (64 MB, `NDJSONSource`).
  public static let longestItem = 10 << 20

  /// Bytes of the texts in it.
  var textSize: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .list(let values): values.reduce(0) { $0 + $1.textSize }
    default: 0
    }
  }

  public var isNull: Bool { self == .null }

  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  public var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }
}

/// Named values in a stable order: one item as codecs see it.
public struct FieldMap: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  public private(set) var entries: [(name: String, value: FieldValue)]

  public init() { entries = [] }

  public init(dictionaryLiteral elements: (String, FieldValue)...) {
    entries = []
    for (name, value) in elements { self[name] = value }
  }

  /// The value of `name`; nil where the map does not mention it (which is not the same as `.null`).
  public subscript(name: String) -> FieldValue? {
    get { entries.first { $0.name == name }?.value }
    set {
      let index = entries.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// Adds without looking for an earlier value of the same name; for readers that know there is none.
  public mutating func append(_ name: String, _ value: FieldValue) {
    entries.append((name, value))
  }

  public var names: [String] { entries.map(\.name) }
  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  public static func == (lhs: FieldMap, rhs: FieldMap) -> Bool {
    lhs.count == rhs.count
      && zip(lhs.entries, rhs.entries).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }

  public func hash(into hasher: inout Hasher) {
    for entry in entries {
      hasher.combine(entry.name)
      hasher.combine(entry.value)
    }
  }
}
