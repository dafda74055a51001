import ContentModel
import Foundation
import SenKernel
import Storage

/// Everything of a site out and into an empty one.
extension Conformance {
  static func roundTrip(_ plugin: any Plugin, _ others: [any Plugin], _ test: TestSite) throws -> [String] {
    let plugins = others + [plugin]
    for shape in plugins.flatMap(\.contentTypes) {
      try test.run("\(shape.name) generate --count 20 --seed 3")
    }
    for table in plugins.flatMap(\.sideTables) where !table.isTransient { try fill(table, plugins, test) }
    if let settings = plugin.settings { try choose(settings, test) }
    let (first, second) = ("\(test.folder)/one.tar", "\(test.folder)/two.tar")
    try test.run("export archive --to \(first)")
    let other = try TestSite(plugins)
    try other.run("import archive \(first)")
    try other.run("export archive --to \(second)")
    var problems: [String] = []
    if !FileManager.default.contentsEqual(atPath: first, andPath: second) {
      problems.append("export → import → export gives other bytes")
    }
    // The same bytes might lack the same things.
    let (lines, otherLines) = (try self.lines(test), try self.lines(other))
    for shape in plugin.contentTypes {
      let (here, there) = (lines.filter(isOf(shape)), otherLines.filter(isOf(shape)))
      if here.isEmpty { problems.append("no \(shape.name) was made") }
      if here != there { problems.append("\(shape.name) comes out of an archive changed") }
    }
    for table in plugin.sideTables where !table.isTransient {
      let (here, there) = (try rows(table, test), try rows(table, other))
      if here.isEmpty { problems.append("\(table.name) took no row") }
      if here != there { problems.append("rows of \(table.name) come out of an archive changed") }
    }
    if try test.run("config list --format json") != other.run("config list --format json") {
      problems.append("settings come out of an archive changed")
    }
    return try problems + openFormats(plugin, plugins, lines, test)
  }

  /// The items as records of NDJSON into an empty site, then as CSV, which has to say nothing new.
  private static func openFormats(
    _ plugin: any Plugin, _ plugins: [any Plugin], _ lines: [String], _ test: TestSite
  ) throws -> [String] {
    var problems: [String] = []
    let other = try TestSite(plugins)
    try test.run("export ndjson --to \(test.folder)/all.ndjson")
    do {
      try other.run("import ndjson \(test.folder)/all.ndjson --media \(test.folder)/media")
    } catch is DoneInPart {
      problems.append("records are refused when they come back as NDJSON")
    }
    let otherLines = try self.lines(other)
    for shape in plugin.contentTypes where lines.filter(isOf(shape)) != otherLines.filter(isOf(shape)) {
      problems.append("\(shape.name) comes out of NDJSON changed")
    }
    for shape in plugin.contentTypes {
      let path = "\(test.folder)/\(shape.name).csv"
      try test.run("export csv \(shape.name) --to \(path)")
      let output = MemoryOutput()
      do {
        try other.run("import csv \(path) --noun \(shape.name) --media \(test.folder)/media", output)
      } catch is DoneInPart {
        problems.append("\(shape.name): rows are refused when they come back as CSV")
      }
      if output.notes.last?.hasPrefix("created 0, updated 0,") != true {
        problems.append("\(shape.name) comes out of CSV changed: \(output.notes.last ?? "")")
      }
    }
    return problems
  }

  private static func lines(_ test: TestSite) throws -> [String] {
    try test.run("export ndjson").split(separator: "\n").map(String.init).sorted()
  }

  private static func isOf(_ shape: Shape) -> (String) -> Bool {
    { $0.hasPrefix("{\"type\":\"\(shape.name)\",") }
  }

  private static func rows(_ table: SideTable, _ test: TestSite) throws -> [FieldMap] {
    var rows: [FieldMap] = []
    try test.site.read { db in try table.each(db) { rows.append($0) } }
    return rows
  }

  /// Another value for each setting that takes one; secrets stay with their site.
  private static func choose(_ settings: Shape, _ test: TestSite) throws {
    for field in settings.fields where !field.has(.secret) {
      let value: String
      switch field.kind {
      case .integer, .real: value = "\((field.initial.integer ?? 0) + 1)"
      case .bool: value = field.initial == .bool(true) ? "no" : "yes"
      case .choice(let words): value = words.last ?? ""
      case .text: value = "Đường 'làng'"
      default: continue
      }
      do {
        try test.run("config set \(settings.name).\(field.name) \"\(value)\"")
      } catch is Refusal {
        continue
      }
    }
  }

  /// Rows with texts that are known to break things: one for each of some items, or some of the site's own.
  private static func fill(_ table: SideTable, _ plugins: [any Plugin], _ test: TestSite) throws {
    if table.noun == FieldKind.anyItem { try test.run("tag generate --count 5") }
    try test.site.write { operation in
      var items: [Int64?] = []
      if let noun = table.noun {
        let nouns =
          noun == FieldKind.anyItem ? (plugins.flatMap(\.contentTypes).map(\.name) + ["tag"]) : [noun]
        for noun in nouns where items.isEmpty {
          try test.site.store.each(noun, Query(limit: texts.count, fields: []), operation.db) { item in
            items.append(item.envelope.id)
            return true
          }
        }
      } else {
        items = texts.map { _ in nil }
      }
      for (index, (item, text)) in zip(items, texts).enumerated() {
        var row = FieldMap()
        for column in table.columns {
          let value: FieldValue =
            switch column.kind {
            case .integer, .reference: .integer(Int64(index + 1))
            case .real: .real(Double(index) + 0.5)
            case .bool: .bool(index % 2 == 0)
            case .date: .date(Date(timeIntervalSince1970: 1_795_000_000 + Double(index)))
            case .texts, .references: .list([.text(text), .text("khác")])
            default: .text(text)
            }
          row.append(column.name, value)
        }
        try table.insert(row, of: item, operation.db)
      }
    }
  }
}
