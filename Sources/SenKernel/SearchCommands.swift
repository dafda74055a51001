import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// `search`: finding items by words.
enum SearchCommands {
  static let all: [Command] = [search, reindex]

  private static let search = Command(
    CommandSpec(
      noun: "search", verb: "", summary: "Finds items by words, best first",
      discussion: """
        Case, marks and đ do not matter. Titles come before texts, and an exact match of accents that were typed first of
        all. "…" is a phrase, word* a prefix.
        """,
      arguments: [ArgumentSpec("query", help: "What to look for", arity: .some)],
      flags: [FlagSpec("noun", help: "Only items of this noun", kind: .noun)],
      heeds: SharedOption.records,
      examples: [
        "sen search hoi nghi", #"sen search '"mỗi xã một sản phẩm"'"#, "sen search 'nông*' --noun article",
      ])
  ) { context in
    let site = try context.site
    let query = context.invocation.values("query").joined(separator: " ")
    let words = Search(query)
    guard !words.terms.isEmpty else {
      throw Refusal(.usage, "There is no word to look for in \(FieldValue.text(query).summary)")
    }
    if words.isCut {
      context.output.note(
        "Looked for the first \(Search.mostTerms) words and \(Search.longest) characters only")
    }
    let presentation = try Presentation(context, usual: "table")
    let limit = try context.count("limit") ?? 20
    let offset = try context.count("offset") ?? 0
    try site.read { db in
      let nouns = try context.invocation.flag("noun").map { [try site.shape($0).name] }
      // The window is the sink's affair; it wants what comes before it as well.
      let found = try site.search(words, nouns: nouns, limit: limit.addingClamped(offset), db)
      if found.isEmpty { context.output.note("Nothing was found") }
      var sink = try presentation.list(["noun", "id", "title", "snippet"])
      for hit in found {
        let envelope = hit.item.envelope
        try sink.write([
          "noun": .text(envelope.type), "id": .integer(envelope.id), "title": .text(envelope.title),
          "snippet": .text(hit.snippet),
        ])
      }
      try sink.finish()
    }
  }

  private static let reindex = Command(
    CommandSpec(
      noun: "search", verb: "reindex", summary: "Builds the search index anew",
      examples: ["sen search reindex"])
  ) { context in
    let count = try context.site.write(isDryRun: context.isDryRun) { operation in
      try operation.require(.maintain, "build the search index anew")
      return try operation.site.store.reindex(operation.db)
    }
    context.output.note(
      "\(context.isDryRun ? "Would have indexed" : "Indexed") \(Counted.text(count, "item"))")
  }
}
