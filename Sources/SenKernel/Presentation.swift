import ContentModel
import Formats
import Foundation
import Grammar

/// How a command's records leave: `--format`, `--fields`, `--field`, `--porcelain`.
struct Presentation {
  static let formats = [
    "table", "card", "csv", "tsv", "json", "ndjson", "yaml", "markdown", "ids", "count",
  ]

  let format: String
  let context: CommandContext

  init(_ context: CommandContext, usual: String) throws {
    let invocation = context.invocation
    format = invocation.has("porcelain") ? "ids" : invocation.flag("format") ?? usual
    self.context = context
  }

  /// The sink of a list that is no content: `--fields`, `--limit` and `--offset` are seen to here.
  func list(_ columns: [String]) throws -> any RecordSink {
    var chosen = columns
    let flags = context.invocation.flag("field") ?? context.invocation.flag("fields")
    if let flags, flags != "*" {
      chosen = flags.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      for name in chosen where !columns.contains(name) {
        let near = Suggestion.nearest(name, in: columns).map { "Did you mean “\($0)”? " } ?? ""
        throw Refusal(
          .usage, "There is no field “\(name)” here", field: name,
          hint: "\(near)There are: \(columns.joined(separator: ", "))")
      }
    }
    return WindowSink(
      sink: sink(chosen), offset: try context.count("offset") ?? 0, limit: try context.count("limit"))
  }

  /// The sink that shows records of these columns.
  func sink(_ columns: [String]) -> any RecordSink {
    let bytes = context.output.bytes
    if context.invocation.has("field"), let column = columns.first {
      return PlainSink(bytes: bytes, column: column)
    }
    switch format {
    case "csv": return CSVSink(bytes, columns: columns)
    case "tsv": return CSVSink(bytes, columns: columns, delimiter: .tab)
    case "json": return JSONSink(bytes)
    case "ndjson": return NDJSONSink(bytes)
    case "yaml": return YAMLSink(bytes)
    case "markdown": return MarkdownTableSink(bytes, columns: columns)
    case "card": return CardSink(output: context.output, columns: columns, style: context.style)
    case "ids": return PlainSink(bytes: bytes, column: columns.contains("id") ? "id" : columns.first ?? "id")
    case "count": return CountSink(bytes: bytes)
    default: return context.output.table(columns, context.style)
    }
  }
}

/// Shows each record as a card.
struct CardSink: RecordSink {
  let output: any Output
  let columns: [String]
  let style: PeopleStyle

  mutating func write(_ values: FieldMap) throws { try output.card(values, style) }
  mutating func finish() throws {}
}

/// Bare values of one column, a line each: `--format ids` and `--field NAME`.
struct PlainSink: RecordSink {
  let bytes: any ByteSink
  let column: String

  mutating func write(_ values: FieldMap) throws {
    try bytes.write(Array("\(ValueText.text(values[column] ?? .null))\n".utf8))
  }
  mutating func finish() throws {}
}

/// Only how many: `--format count`.
struct CountSink: RecordSink {
  let bytes: any ByteSink
  private var count = 0

  init(bytes: any ByteSink) { self.bytes = bytes }

  mutating func write(_ values: FieldMap) throws { count += 1 }
  mutating func finish() throws { try bytes.write(Array("\(count)\n".utf8)) }
}

/// Passes on a part of the records.
struct WindowSink: RecordSink {
  var sink: any RecordSink
  let offset: Int
  let limit: Int?
  private var seen = 0

  init(sink: any RecordSink, offset: Int, limit: Int?) {
    (self.sink, self.offset, self.limit) = (sink, offset, limit)
  }

  mutating func write(_ values: FieldMap) throws {
    defer { seen += 1 }
    guard seen >= offset, limit.map({ seen - offset < $0 }) ?? true else { return }
    try sink.write(values)
  }
  mutating func finish() throws { try sink.finish() }
}
