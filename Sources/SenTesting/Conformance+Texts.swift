import ContentModel
import Foundation
import GRDB
import SenKernel
import Storage
import Vietnamese

/// Texts that have broken software before, through everything that takes texts.
extension Conformance {
  static let texts = [
    "Đường làng ngõ xóm", "hoà nhập", "\u{0065}\u{0302}\u{0301} NFD", "🌾👩🏽‍🌾", "'; DROP TABLE item; --",
    "\"quoted\"", "<script>alert(1)</script>", "a\nb\r\nc\td", "{\"json\": true}", "---\nfront: matter\n---",
    "- list: [", "[\"a\",\"b\"]", "null", "~", "true", "=1+1", "1e400", "0x1F", "2026-11-24", "@last", "-",
    "\u{202E}rtl", "\u{FEFF}bom", "%s%n", "\\", "a,b;c|d", " at the ends ", "\u{200B}", "ﷺ", "Ω≈ç√∫",
    "# heading\n\n> quote", String(repeating: "ê", count: 200),
  ]

  static func naughty(_ plugin: any Plugin, _ texts: [String], _ test: TestSite) throws -> [String] {
    var problems: [String] = []
    for shape in plugin.contentTypes { problems += try content(shape, texts, test) }
    for action in plugin.actions { problems += try inputs(action, texts, test) }
    for block in plugin.blocks { problems += answers("block \(block.name)", block.options, texts) }
    if let settings = plugin.settings { problems += answers("settings \(settings.name)", settings, texts) }
    return problems
  }

  // MARK: Items

  private static func content(_ shape: Shape, _ texts: [String], _ test: TestSite) throws -> [String] {
    // An entry may have to belong to one of another type.
    for case .reference(let noun) in shape.fields.map(\.kind)
    where noun != shape.name && noun != FieldKind.anyItem {
      try test.run("\(noun) generate --count 1")
    }
    // A picture fits wherever a file has to be.
    let picture = try test.site.pictures.draw(seed: 1, width: 32, height: 24)
    let file = try test.site.addMedia(picture, ending: "jpg")
    var problems: [String] = []
    for text in texts { problems += try content(shape, text, file, test) }
    return problems
  }

  private static func content(
    _ shape: Shape, _ text: String, _ file: String, _ test: TestSite
  ) throws -> [String] {
    var problems: [String] = []
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
      let given = item.values
      while true {
        do {
          let made = try operation.create(item)
          for (index, field) in shape.fields.enumerated() where isFree(field) {
            guard let text = given[index].text, made.values[index] != .text(Normalization.nfc(text)) else {
              continue
            }
            problems.append("\(shape.name).\(field.name) makes something else of \(text.debugDescription)")
          }
          return made
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
    guard id != 0 else { return problems }
    let read = try test.site.read { try test.site.store.fetch(id, $0) }
    if read != made { problems.append("\(shape.name) gives back \(text.debugDescription) changed") }
    return problems
  }

  /// Whether a field is for people's own words.
  private static func isFree(_ field: FieldShape) -> Bool {
    field.kind == .text && (field.has(.title) || field.has(.searchable) || field.has(.body))
  }

  // MARK: Inputs, options, settings: a refusal is an answer, anything else is not

  private static func inputs(_ action: Action, _ texts: [String], _ test: TestSite) throws -> [String] {
    try test.run("\(action.noun) generate --count 1 --seed 5")
    var problems: [String] = []
    for field in action.input.fields.indices where action.input.fields[field].kind == .text {
      for text in texts {
        var values = action.input.initialValues
        for (index, other) in action.input.fields.enumerated()
        where other.kind == .text && other.has(.required) {
          values[index] = .text("An")
        }
        values[field] = .text(text)
        do {
          try test.site.write(isDryRun: true) { operation in
            guard let id = try test.site.store.lastID(of: action.noun, operation.db) else { return }
            _ = try action.perform(on: id, values, operation)
          }
        } catch is Refusal {
          continue
        } catch {
          problems.append("\(action.noun) \(action.name) fails of \(text.debugDescription): \(error)")
        }
      }
    }
    return problems
  }

  /// Fields that fail of a text.
  private static func answers(_ what: String, _ shape: Shape, _ texts: [String]) -> [String] {
    var problems: [String] = []
    for index in shape.fields.indices where shape.fields[index].kind == .text {
      for text in texts {
        var values = shape.initialValues
        values[index] = .text(text)
        do {
          let kept = try shape.check(values)
          // White space around the value of a setting may go.
          guard let same = kept[index].text, Normalization.nfc(text).contains(same) else {
            problems.append(
              "\(what).\(shape.fields[index].name) makes something else of \(text.debugDescription)")
            continue
          }
        } catch {
          continue
        }
      }
    }
    return problems
  }
}
