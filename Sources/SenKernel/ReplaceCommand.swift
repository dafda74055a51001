import ContentModel
import Foundation
import Grammar
import Storage
import Vietnamese

/// `replace OLD NEW --in NOUN.FIELD`: one text for another, everywhere in a field.
enum ReplaceCommand {
  static let command = Command(
    CommandSpec(
      noun: "replace", verb: "", summary: "Puts one text in the place of another in fields of all items",
      discussion: """
        Letters count as they are written: case, marks and đ matter. Counts and asks before it acts; all fields are \
        changed together, as one operation.
        """,
      arguments: [
        ArgumentSpec("old", help: "The text that goes"), ArgumentSpec("new", help: "The text that comes"),
      ],
      flags: [
        FlagSpec(
          "in", help: "Where; may be repeated", kind: .text, placeholder: "NOUN.FIELD", repeats: true)
      ],
      heeds: SharedOption.change,
      examples: [
        "sen replace 'Sở NN&PTNT' 'Sở Nông nghiệp và Môi trường' --in article.body --in article.summary --dry-run"
      ])
  ) { context in
    let site = try context.site
    let old = Normalization.nfc(context.invocation.value("old") ?? "")
    let new = Normalization.nfc(context.invocation.value("new") ?? "")
    guard !old.isEmpty else { throw Refusal(.usage, "There is no text to look for") }
    let places = context.invocation.flags("in")
    guard !places.isEmpty else {
      throw Refusal(
        .usage, "--in: where?", hint: "Example: sen replace cũ mới --in article.body")
    }
    let finds = try places.map { try target($0, site) }.reduce(into: [Find]()) { finds, target in
      let (shape, field) = target
      guard !finds.contains(where: { $0.shape.name == shape.name && $0.field == field }) else { return }
      let ids = try holders(of: old, shape, field, context)
      if ids.isEmpty { context.output.note("\(shape.name).\(field): “\(old)” occurs nowhere") }
      finds.append(Find(shape: shape, field: field, ids: ids))
    }.filter { !$0.ids.isEmpty }
    guard !finds.isEmpty else { return }
    let inWhich = finds.map { "\($0.field) of \(Counted.text($0.ids.count, $0.shape.name))" }
    try context.confirm("Replace “\(old)” by “\(new)” in \(inWhich.joined(separator: ", "))?")
    let reports = try site.write(isDryRun: context.isDryRun) { operation in
      try byNoun(finds).map { noun, fieldsOfItems in
        var report = ChangeReport("Changed", noun, context)
        let fields = ItemFields(try site.shape(noun))
        // An item is changed once, in however many of its fields the text is.
        for (id, names) in fieldsOfItems.sorted(by: { $0.key < $1.key }) {
          let result = try operation.change(id) { item in
            for name in names {
              guard let text = try fields.value(name, of: item).text else { continue }
              try fields.set(name, .text(text.replacing(old, with: new)), of: &item)
            }
          }
          if result.hasChanged { try report.add(result.new, old: result.old, operation) }
          if context.output.isInterrupted { throw CancellationError() }
        }
        return report
      }
    }
    for report in reports { try report.tell() }
  }

  /// Where the text was found.
  private struct Find {
    let shape: Shape
    let field: String
    let ids: [Int64]
  }

  private static func holders(
    of text: String, _ shape: Shape, _ field: String, _ context: CommandContext
  ) throws -> [Int64] {
    let (site, fields) = (try context.site, ItemFields(shape))
    return try site.read { db in
      var ids: [Int64] = []
      let query = Query(.contains(field, text), isTrashed: nil, fields: [field])
      try site.store.each(shape.name, query, db) { item in
        if try fields.value(field, of: item).text?.contains(text) == true { ids.append(item.envelope.id) }
        return !context.output.isInterrupted
      }
      return ids
    }
  }

  /// The items of each noun with the fields that change, in the order of the finds.
  private static func byNoun(_ finds: [Find]) -> [(noun: String, fields: [Int64: [String]])] {
    finds.reduce(into: []) { all, find in
      let place = all.firstIndex { $0.noun == find.shape.name } ?? all.count
      if place == all.count { all.append((find.shape.name, [:])) }
      for id in find.ids { all[place].fields[id, default: []].append(find.field) }
    }
  }

  /// The noun and the field of `article.body`.
  private static func target(_ place: String, _ site: Site) throws -> (Shape, String) {
    let parts = place.split(separator: ".").map(String.init)
    guard parts.count == 2 else {
      throw Refusal(.usage, "--in: “\(place)” is no NOUN.FIELD", hint: "Example: --in article.body")
    }
    let shape = try site.shape(parts[0])
    guard try ItemFields(shape).openField(parts[1]).kind == .text, parts[1] != "slug" else {
      throw Refusal(.usage, "\(place) holds no free text", field: parts[1])
    }
    return (shape, parts[1])
  }
}
