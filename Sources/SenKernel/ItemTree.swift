import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// The items of a noun that has a parent field, each below its parent, siblings in their order.
struct ItemTree {
  private let shape: Shape
  private let site: Site
  private let db: Database
  /// Ids in the order of the tree, with their depth.
  private let nodes: [(id: Int64, depth: Int)]

  /// - Parameter query: its condition and window count; an item whose parent is not among those found
  ///   stands at the top.
  init(_ shape: Shape, _ query: Query, _ site: Site, _ db: Database) throws {
    (self.shape, self.site, self.db) = (shape, site, db)
    var children: [Int64: [Int64]] = [:]
    var parents: [(id: Int64, parent: Int64?)] = []
    guard let field = shape.parentField, let index = shape.index[field.name] else {
      nodes = []
      return
    }
    var all = query
    all.order = Query.siblings
    (all.limit, all.offset, all.fields) = (nil, 0, [field.name])
    try site.store.each(shape.name, all, db) { item in
      parents.append((item.envelope.id, item.values[index].integer))
      return true
    }
    let found = Set(parents.map(\.id))
    var roots: [Int64] = []
    for (id, parent) in parents {
      if let parent, found.contains(parent) {
        children[parent, default: []].append(id)
      } else {
        roots.append(id)
      }
    }
    var nodes: [(id: Int64, depth: Int)] = []
    var waiting = roots.reversed().map { (id: $0, depth: 0) }
    while let node = waiting.popLast() {
      nodes.append(node)
      for child in (children[node.id] ?? []).reversed() { waiting.append((child, node.depth + 1)) }
    }
    let end = query.limit.map { min(nodes.count, query.offset + $0) } ?? nodes.count
    self.nodes = query.offset < end ? Array(nodes[query.offset..<end]) : []
  }

  /// Writes the items; in a table, titles are set in by their depth.
  func show(_ columns: [String], _ presentation: Presentation, _ context: CommandContext) throws {
    let record = ItemRecord(fields: ItemFields(shape), names: Names(site, db), style: .people)
    let title = shape.titleIndex.map { shape.fields[$0].name }
    let isIndented = presentation.format == "table" && !context.invocation.has("field")
    var sink = presentation.sink(columns)
    for node in nodes {
      guard let item = try site.store.fetch(node.id, db) else { continue }
      var map = try record.map(item, columns)
      if isIndented, let title, node.depth > 0, let text = map[title]?.text {
        map[title] = .text(String(repeating: "  ", count: node.depth) + text)
      }
      try sink.write(map)
    }
    try sink.finish()
  }
}
