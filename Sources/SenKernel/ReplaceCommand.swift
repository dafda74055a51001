import ContentModel
import Foundation
import Grammar
import Storage
import Vietnamese

/// `replace OLD NEW --in NOUN.FIELD`: one text for another, everywhere in a field.
enum ReplaceCommand {
  static let command = Command(
    CommandSpec(
      noun: "replace", verb: "", summary: "Puts one text in the place of another in a field of all items",
      discussion: "Letters count as they are written: case, marks and đ matter. Counts before it acts.",
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
    for place in places {
      let (shape, name) = try target(place, site)
      let fields = ItemFields(shape)
      let ids = try site.read { db in
        var ids: [Int64] = []
        let query = Query(.contains(name, old), isTrashed: nil, fields: [name])
        try site.store.each(shape.name, query, db) { item in
          if try fields.value(name, of: item).text?.contains(old) == true { ids.append(item.envelope.id) }
          return !context.output.isInterrupted
        }
        return ids
      }
      guard !ids.isEmpty else {
        context.output.note("\(place): “\(old)” occurs nowhere")
        continue
      }
      try context.confirm(
        "Replace “\(old)” by “\(new)” in \(name) of \(Counted.text(ids.count, shape.name))?")
      let report = try site.write(isDryRun: context.isDryRun) { operation in
        var report = ChangeReport("Changed", shape.name, context)
        for id in ids {
          let result = try operation.change(id) { item in
            guard let text = try fields.value(name, of: item).text else { return }
            try fields.set(name, .text(text.replacing(old, with: new)), of: &item)
          }
          if result.hasChanged { try report.add(result.new, old: result.old, operation) }
          if context.output.isInterrupted { throw CancellationError() }
        }
        return report
      }
      try report.tell()
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
