import ContentModel
import Foundation
import GRDB

/// How a field's value is written in a column: booleans as 0 and 1, dates as text, lists of texts as JSON.
enum Column {
  static func encode(_ value: FieldValue) -> DatabaseValue {
    switch value {
    case .null, .map: .null
    case .bool(let bool): (bool ? 1 : 0).databaseValue
    case .integer(let integer): integer.databaseValue
    case .real(let real): real.databaseValue
    case .text(let text): text.databaseValue
    case .date(let date): Timestamp.text(date).databaseValue
    case .list(let values): list(values).databaseValue
    }
  }

  /// The value of a column, of a field of a kind.
  static func decode(_ stored: RawRow.Storage, _ kind: FieldKind) throws -> FieldValue {
    switch (stored, kind) {
    case (.null, _): .null
    case (.integer(let integer), .bool): .bool(integer != 0)
    case (.integer(let integer), _): .integer(integer)
    case (.real(let real), _): .real(real)
    case (.text(let text), .date):
      try Timestamp.date(utf8: text).map { .date($0) }
        ?? { throw damaged(String(decoding: text, as: UTF8.self), kind) }()
    case (.text(let text), .texts): .list(try texts(String(decoding: text, as: UTF8.self)))
    case (.text(let text), _): .text(String(decoding: text, as: UTF8.self))
    case (.blob, _): throw DamagedValue("bytes are not \(kind.phrase)")
    }
  }

  private static func damaged(_ text: String, _ kind: FieldKind) -> DamagedValue {
    DamagedValue("\(FieldValue.text(text).summary) is not \(kind.phrase)")
  }

  /// The same of a value that is in no row any more.
  static func decode(_ value: DatabaseValue, _ kind: FieldKind) throws -> FieldValue {
    switch value.storage {
    case .null: try decode(RawRow.Storage.null, kind)
    case .int64(let integer): try decode(.integer(integer), kind)
    case .double(let real): try decode(.real(real), kind)
    case .string(var text): try text.withUTF8 { try decode(.text($0), kind) }
    case .blob: try decode(RawRow.Storage.blob, kind)
    }
  }

  /// The texts of a JSON array of strings.
  private static func texts(_ json: String) throws -> [FieldValue] {
    // Most have no escapes, and then nothing has to be read twice.
    if json.hasPrefix("[\""), json.hasSuffix("\"]"), !json.utf8.contains(UInt8(ascii: "\\")) {
      let parts = json.dropFirst(2).dropLast(2).split(separator: "\",\"", omittingEmptySubsequences: false)
      if !parts.contains(where: { $0.utf8.contains(UInt8(ascii: "\"")) }) {
        return parts.map { .text(String($0)) }
      }
    }
    do {
      return try JSONDecoder().decode([String].self, from: Data(json.utf8)).map { .text($0) }
    } catch {
      throw damaged(json, .texts)
    }
  }

  static func list(_ values: [FieldValue]) -> String {
    var json = "["
    for (index, value) in values.enumerated() {
      if index > 0 { json += "," }
      json += "\""
      for scalar in (value.text ?? "").unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case _ where scalar.value < 0x20: json += String(format: "\\u%04x", scalar.value)
        default: json.unicodeScalars.append(scalar)
        }
      }
      json += "\""
    }
    return json + "]"
  }
}
