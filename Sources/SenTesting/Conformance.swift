import ContentModel
import Foundation
import GRDB
import Grammar
public import SenKernel
import Storage

/// Checks that every plugin has to pass, a first-party one as a third party's.
public enum Conformance {
  /// What is wrong with `plugin`; empty if nothing is.
  ///
  /// Looked at: names and help; the tables against the declarations; every verb of every noun with help and
  /// an example that parses; texts that are known to break things through every field; export → import →
  /// export with the same bytes.
  public static func problems(of plugin: any Plugin, with others: [any Plugin] = []) throws -> [String] {
    var problems: [String] = []
    if plugin.help.isEmpty { problems.append("plugin \(plugin.name) has no help") }
    let test = try TestSite(others + [plugin])
    for shape in plugin.contentTypes {
      if shape.help.isEmpty { problems.append("\(shape.name) has no help") }
      problems += shape.fields.filter { $0.help.isEmpty && !$0.has(.title) }.map {
        "\(shape.name).\($0.name) has no help"
      }
      problems += try drift(shape, test)
      problems += try naughty(shape, test)
    }
    problems += plugin.sideTables.filter { $0.help.isEmpty }.map { "table \($0.name) has no help" }
    problems += commands(plugin, test)
    problems += try roundTrip(test, others + [plugin])
    return problems
  }

  private static func drift(_ shape: Shape, _ test: TestSite) throws -> [String] {
    let columns = try test.site.read { try Set($0.columns(in: shape.name).map(\.name)) }
    return shape.fields.compactMap { field in
      let isStored: Bool =
        if case .references = field.kind { false } else { !field.has(.title) }
      return isStored && !columns.contains(field.name) ? "\(shape.name).\(field.name) has no column" : nil
    }
  }

  private static func commands(_ plugin: any Plugin, _ test: TestSite) -> [String] {
    let nouns = Set(plugin.contentTypes.map(\.name) + plugin.commands.map(\.spec.noun))
    return test.table.commands.map(\.spec).filter { nouns.contains($0.noun) }.flatMap { spec in
      var problems: [String] = []
      if spec.summary.isEmpty { problems.append("\(spec.path) has no help") }
      if spec.examples.isEmpty { problems.append("\(spec.path) has no example") }
      for example in spec.examples {
        do {
          var words = try Line.parse(example).words
          if words.first?.text == "sen" { words.removeFirst() }
          _ = try test.table.grammar.parse(words: words)
        } catch {
          problems.append("the example “\(example)” does not parse: \(error)")
        }
      }
      return problems
    }
  }

  /// Texts that have broken software before.
  private static let texts = [
    "Đường làng ngõ xóm", "hoà nhập", "\u{0065}\u{0302}\u{0301} NFD", "🌾👩🏽‍🌾", "'; DROP TABLE item; --",
    "\"quoted\"",
    "<script>alert(1)</script>", "a\nb\r\nc\td", "{\"json\": true}", "---\nfront: matter\n---", "- list: [",
    "null",
    "true", "=1+1", "\u{202E}rtl", "\u{FEFF}bom", "%s%n", "\\", "a,b;c|d", String(repeating: "ê", count: 200),
  ]

  private static func naughty(_ shape: Shape, _ test: TestSite) throws -> [String] {
    var problems: [String] = []
    // An entry may have to belong to one of another type.
    for case .reference(let noun) in shape.fields.map(\.kind)
    where noun != shape.name && noun != FieldKind.anyItem {
      try test.run("\(noun) generate --count 1")
    }
    // A picture fits wherever a file has to be.
    let picture = try test.site.pictures.draw(seed: 1, width: 32, height: 24)
    let file = try test.site.addMedia(picture, ending: "jpg")
    for text in texts {
      let made = try test.site.write { operation -> Item in
        var item = try operation.blank(shape.name)
        for (index, field) in shape.fields.enumerated() {
          switch field.kind {
          case .text where field.has(.title): item.values[index] = .text(String(text.prefix(100)))
          case .text: item.values[index] = .text(text)
          case .media where field.has(.required): item.values[index] = .text(file)
          case .texts: item.values[index] = .list([.text(text), .text("khác")])
          case .reference(let noun) where noun != shape.name && noun != FieldKind.anyItem:
            item.values[index] =
              try test.site.store.lastID(of: noun, operation.db).map { .integer($0) } ?? .null
          case .url where field.has(.required): item.values[index] = .text("https://example.vn/")
          default: break
          }
        }
        while true {
          do {
            return try operation.create(item)
          } catch let refusal as Refusal {
            // A field of set words may refuse free text, if it says so; it then keeps what it has at first.
            if let index = refusal.field.flatMap({ shape.index[$0] }), !isFree(shape.fields[index]),
              item.values[index] != shape.fields[index].initial
            {
              item.values[index] = shape.fields[index].initial
              continue
            }
            problems.append("\(shape.name) refuses \(text.debugDescription): \(refusal.message)")
            return item
          }
        }
      }
      let id = made.envelope.id
      guard id != 0 else { continue }
      let read = try test.site.read { try test.site.store.fetch(id, $0) }
      if read != made { problems.append("\(shape.name) gives back \(text.debugDescription) changed") }
    }
    return problems
  }

  /// Whether a field is for people's own words.
  private static func isFree(_ field: FieldShape) -> Bool {
    field.has(.title) || field.has(.searchable) || field.has(.body)
  }

  private static func roundTrip(_ test: TestSite, _ plugins: [any Plugin]) throws -> [String] {
    for plugin in plugins {
      for shape in plugin.contentTypes { try test.run("\(shape.name) generate --count 20 --seed 3") }
    }
    for plugin in plugins {
      for table in plugin.sideTables where !table.isTransient { try fill(table, test) }
    }
    let (first, second) = ("\(test.folder)/one.tar", "\(test.folder)/two.tar")
    try test.run("export archive --to \(first)")
    let other = try TestSite(plugins)
    try other.run("import archive \(first)")
    try other.run("export archive --to \(second)")
    return FileManager.default.contentsEqual(atPath: first, andPath: second)
      ? [] : ["export → import → export gives other bytes"]
  }

  /// Rows with texts that are known to break things: one for each of some items, or some of the site's own.
  private static func fill(_ table: SideTable, _ test: TestSite) throws {
    try test.site.write { operation in
      var items: [Int64?] = []
      if let noun = table.noun {
        try test.site.store.each(noun, Query(limit: texts.count, fields: []), operation.db) { item in
          items.append(item.envelope.id)
          return true
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
