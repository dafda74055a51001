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

  /// The sink that shows records of these columns.
  func sink(_ columns: [String]) -> any RecordSink {
    let bytes = context.output.bytes
    switch format {
    case "csv": return CSVSink(bytes, columns: columns)
    case "tsv": return CSVSink(bytes, columns: columns, delimiter: .tab)
    case "json": return JSONSink(bytes)
    case "ndjson": return NDJSONSink(bytes)
    case "yaml": return YAMLSink(bytes)
    case "markdown": return MarkdownTableSink(bytes, columns: columns)
    case "card": return CardSink(output: context.output)
    default: return context.output.table(columns)
    }
  }
}

/// Shows each record as a card.
struct CardSink: RecordSink {
  let output: any Output

  mutating func write(_ values: FieldMap) throws { try output.card(values) }
  mutating func finish() throws {}
}
