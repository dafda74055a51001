import Foundation
import GRDB
import SenKernel

/// How an entry fares with its target.
enum TargetState: String {
  /// Visitors reach it; an address is taken at its word.
  case ok
  /// It is there, but not public now.
  case draft, review, archived, scheduled, expired, trashed
  /// A heading: it leads nowhere and has entries below it.
  case heading
  /// It leads nowhere and heads nothing, as when its target was removed for good.
  case missing
  /// Its menu was removed.
  case stray

  var isBroken: Bool { self != .ok && self != .heading }

  /// How an item can be seen at `now`.
  init(_ envelope: Envelope, at now: Date) {
    if envelope.trashedAt != nil {
      self = .trashed
    } else if envelope.isPublic(at: now) {
      self = .ok
    } else if envelope.state != .published {
      self = TargetState(rawValue: envelope.state.rawValue) ?? .draft
    } else {
      self = envelope.expireAt.map { $0 <= now } ?? false ? .expired : .scheduled
    }
  }
}

/// The entries of a menu in the order of their tree, each with its target.
struct MenuTree {
  struct Node {
    let entry: Entry<MenuItem>
    let depth: Int
    /// `page:gioi-thieu`, `https://example.vn/`; nil for a heading.
    let target: String?
    let state: TargetState
  }

  /// - Parameter menu: nil for the entries that are in none.
  static func nodes(of menu: Int64?, _ site: Site, _ db: Database) throws -> [Node] {
    let condition = Condition.compare("menu", .equal, menu.map { .integer($0) } ?? .null)
    var entries: [Entry<MenuItem>] = []
    let query = Query(condition, order: Query.siblings)
    try site.store.each(MenuItem.name, query, db) {
      entries.append(try Entry($0))
      return true
    }
    let known = Set(entries.map(\.envelope.id))
    // Below an entry that is in the trash, entries stand on top.
    let below = Dictionary(grouping: entries) {
      $0.body.parent.flatMap { known.contains($0.id) ? $0.id : nil }
    }
    var nodes: [Node] = []
    var waiting = (below[nil] ?? []).reversed().map { (entry: $0, depth: 0) }
    while let (entry, depth) = waiting.popLast() {
      let children = below[entry.envelope.id] ?? []
      let (target, state) = try self.target(of: entry.body, isHeading: !children.isEmpty, site, db)
      nodes.append(Node(entry: entry, depth: depth, target: target, state: menu == nil ? .stray : state))
      waiting += children.reversed().map { ($0, depth + 1) }
    }
    return nodes
  }

  /// The entries right below one.
  static func children(of id: Int64, _ site: Site, _ db: Database) throws -> [Int64] {
    var found: [Int64] = []
    let query = Query(.compare("parent", .equal, .integer(id)), isTrashed: nil, fields: [])
    try site.store.each(MenuItem.name, query, db) {
      found.append($0.envelope.id)
      return true
    }
    return found
  }

  private static func target(
    of body: MenuItem, isHeading: Bool, _ site: Site, _ db: Database
  ) throws -> (String?, TargetState) {
    if let link = body.link { return (link.text, .ok) }
    guard let id = body.target?.id, let item = try site.store.fetch(id, db) else {
      return (nil, isHeading ? .heading : .missing)
    }
    let envelope = item.envelope
    return ("\(envelope.type):\(envelope.slug)", TargetState(envelope, at: site.clock()))
  }
}
