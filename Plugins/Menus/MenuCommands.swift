import Foundation
import SenKernel

/// What menus have beyond the verbs of every noun.
enum MenuCommands {
  static let all = [tree, check]

  private static let tree = Command(
    CommandSpec(
      noun: Menu.name, verb: "tree",
      summary: "Shows the entries of a menu with their targets and how these fare",
      discussion: "`state` is the target's; `shown` says whether visitors see the entry itself.",
      arguments: [ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: Menu.name))],
      heeds: SharedOption.records, examples: ["sen menu tree chinh", "sen menu tree 3 --format json"])
  ) { context in
    let site = try context.site
    // Spaces are for people; data say the depth.
    let isIndented =
      context.invocation.flag("format") ?? "table" == "table" && !context.invocation.has("field")
    let now = site.clock()
    var sink = try context.records(["id", "title", "target", "state", "depth", "shown"])
    try site.read { db in
      for node in try MenuTree.nodes(of: context.item(Menu.name, db), site, db) {
        let envelope = node.entry.envelope
        let indent = String(repeating: "  ", count: isIndented ? node.depth : 0)
        try sink.write([
          "id": .integer(envelope.id), "title": .text(indent + envelope.title),
          "target": node.target.fieldValue,
          "state": .text(node.state.rawValue), "depth": .integer(Int64(node.depth)),
          "shown": .bool(envelope.isPublic(at: now)),
        ])
      }
    }
    try sink.finish()
  }

  private static let check = Command(
    CommandSpec(
      noun: Menu.name, verb: "check", summary: "Tells which entries lead to nothing that visitors can see",
      discussion: "Ends with 7 if there are any. Addresses outside are not asked.",
      heeds: SharedOption.records, examples: ["sen menu check"])
  ) { context in
    let site = try context.site
    var (seen, broken) = (0, 0)
    var sink = try context.records(["menu", "id", "title", "target", "state"])
    try site.read { db in
      var menus: [(id: Int64?, slug: String)] = []
      try site.store.each(Menu.name, Query(order: Query.siblings, fields: []), db) {
        menus.append(($0.envelope.id, $0.envelope.slug))
        return true
      }
      for menu in menus + [(nil, "")] {
        for node in try MenuTree.nodes(of: menu.id, site, db) {
          seen += 1
          guard node.state.isBroken else { continue }
          broken += 1
          try sink.write([
            "menu": .text(menu.slug), "id": .integer(node.entry.envelope.id),
            "title": .text(node.entry.envelope.title), "target": node.target.fieldValue,
            "state": .text(node.state.rawValue),
          ])
        }
      }
    }
    try sink.finish()
    let entries = Counted.text(seen, "entry")
    guard broken > 0 else { return context.output.note("Nothing is wrong with \(entries)") }
    context.output.note("Broken: \(broken) of \(entries)")
    throw DoneInPart()
  }
}
