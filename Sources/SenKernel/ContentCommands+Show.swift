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

  /// `show REF --draw`: a card, and below it what the plugin draws.
  func showDrawn(_ context: CommandContext) throws {
    for flag in ["format", "fields", "field", "porcelain"] where context.invocation.has(flag) {
      throw Refusal(.usage, "--draw is for people, --\(flag) is for data", hint: "Leave one of them out.")
    }
    guard let drawing, let screen = context.output.screen, screen.colours != .none else {
      throw Refusal(.usage, "Pictures are drawn on a terminal with colours only", hint: "Leave --draw out.")
    }
    let site = try context.site
    let presentation = try Presentation(context, usual: "card")
    let ids = try site.read { db in
      try ItemSelection(site: site, context: context, shape: shape, db: db).all("refs", isTrashed: nil)
    }
    for id in ids {
      let item = try site.read { db in
        try show(allColumns, [id], presentation, context, site, db, isSingle: true)
        return try site.store.fetch(id, db)
      }
      if let item { try drawing.draw(item, screen, context) }
    }
  }
}
