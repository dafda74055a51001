public import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// How `list` and `show` write items.
extension ContentCommands {
  /// Writes the items of a query, one at a time.
  func show(
    _ columns: [String], _ query: Query, _ presentation: Presentation, _ context: CommandContext,
    _ site: Site, _ db: Database
  ) throws {
    var query = query
    query.fields = Set(columns)
    let record = ItemRecord(fields: fields, names: Names(site, db), style: .people)
    if let writer = PlainWriter(presentation.format, columns, context) {
      return try site.store.each(noun, query, db) { item in
        try writer.write(record.map(item, columns))
        return !context.output.isInterrupted
      }
    }
    var sink = presentation.sink(columns)
    try site.store.each(noun, query, db) { item in
      try sink.write(record.map(item, columns))
      return !context.output.isInterrupted
    }
    try sink.finish()
  }

  /// Writes the items of these ids, in their order.
  func show(
    _ columns: [String], _ ids: [Int64], _ presentation: Presentation, _ context: CommandContext,
    _ site: Site, _ db: Database, isSingle: Bool
  ) throws {
    let record = ItemRecord(fields: fields, names: Names(site, db), style: .people)
    func each(_ body: (FieldMap) throws -> Void) throws {
      for id in ids {
        guard let item = try site.store.fetch(id, db) else { continue }
        try body(record.map(item, columns))
      }
    }
    if let writer = PlainWriter(presentation.format, columns, context) { return try each(writer.write) }
    if isSingle, presentation.format == "json" {
      return try each { map in
        var bytes: [UInt8] = []
        try JSONWriter.appendPretty(.map(map), to: &bytes)
        bytes.append(0x0A)
        try context.output.bytes.write(bytes)
      }
    }
    var sink = presentation.sink(columns)
    try each { try sink.write($0) }
    try sink.finish()
  }
}

/// Bare values, a line each: `--format ids` and `--field NAME`.
struct PlainWriter {
  let column: String
  let context: CommandContext

  init?(_ format: String, _ columns: [String], _ context: CommandContext) {
    guard format == "ids" || context.invocation.has("field"), let column = columns.first else { return nil }
    self.column = column
    self.context = context
  }

  func write(_ map: FieldMap) throws {
    try context.output.bytes.write(Array("\(ValueText.text(map[column] ?? .null))\n".utf8))
  }
}

/// A value as plain text for people.
public enum ValueText {
  public static func text(_ value: FieldValue) -> String {
    switch value {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .real(let real): String(real)
    case .text(let text): text
    case .date(let date): Timestamp.text(date)
    case .list(let values): values.map(text).joined(separator: ", ")
    case .map(let map): map.entries.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
    }
  }
}
