import ContentModel
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
    var sink = presentation.sink(columns)
    try site.store.each(noun, query, db) { item in
      try sink.write(record.map(item, columns))
      return !context.output.isInterrupted
    }
    if context.output.isInterrupted { throw CancellationError() }
    try sink.finish()
  }

  /// Writes the items of these ids, in their order.
  func show(
    _ columns: [String], _ ids: [Int64], _ presentation: Presentation, _ context: CommandContext,
    _ site: Site, _ db: Database, isSingle: Bool
  ) throws {
    let record = ItemRecord(fields: fields, names: Names(site, db), style: .people)
    var sink = presentation.sink(columns)
    let isObject = isSingle && presentation.format == "json" && !context.invocation.has("field")
    for id in ids {
      guard let item = try site.store.fetch(id, db) else { continue }
      let map = try record.map(item, columns)
      if isObject {
        var bytes: [UInt8] = []
        try JSONWriter.appendPretty(.map(map), to: &bytes)
        bytes.append(0x0A)
        return try context.output.bytes.write(bytes)
      }
      try sink.write(map)
      if context.output.isInterrupted { throw CancellationError() }
    }
    try sink.finish()
  }
}
