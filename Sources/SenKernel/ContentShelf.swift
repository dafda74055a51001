import ContentModel
import Foundation
import GRDB
import Storage

/// What pages look for again and again, kept for one state of the content: the items that they name (sections,
/// sources, tags, neighbours) without their long texts, and which items lists hold in which order.
///
/// It belongs to a site and is shared by all threads that make its pages. Whoever asks says in which state its own view
/// of the database is, so that nobody is given what was before or what comes after. Whether visitors may see an item
/// is not kept; that is for the clock to say.
final class ContentShelf: Sendable {
  /// A state of the content, as one view of the database sees it.
  ///
  /// The newest entry of the journal, with how much it holds: a command of many operations adds to its entry.
  struct State: Hashable, Sendable {
    let operation: Int64
    let rows: Int64
    let size: Int64
    let at: String

    /// Of a site of which nobody has written down anything yet.
    static let first = State(operation: 0, rows: 0, size: 0, at: "")

    /// The state that a view of the database is in; nil where what is read next may be in another: outside a
    /// transaction, and on a connection that may have written what nobody else sees.
    init?(_ db: Database) throws {
      guard db.configuration.readonly, db.isInsideTransaction else { return nil }
      var last = State.first
      try RawRow.first(
        of: db.cachedStatement(sql: "SELECT id, rowCount, size, at FROM journal ORDER BY id DESC LIMIT 1"), db
      ) { row in
        last = State(
          operation: row.integer(0) ?? 0, rows: row.integer(1) ?? 0, size: row.integer(2) ?? 0,
          at: row.string(3) ?? "")
      }
      self = last
    }

    private init(operation: Int64, rows: Int64, size: Int64, at: String) {
      (self.operation, self.rows, self.size, self.at) = (operation, rows, size, at)
    }
  }

  /// From when until before when the clock alone changes nothing.
  struct Span: Sendable {
    let from: Date
    let until: Date?

    func holds(at now: Date) -> Bool { from <= now && (until.map { $0 > now } ?? true) }
  }

  /// The ids of a list, and for how long it has these.
  struct List: Sendable {
    let ids: [Int64]
    let span: Span
  }

  private struct Kept {
    var state: State?
    /// Some two kilobytes each.
    var items = RecencyCache<Int64, Item>(limit: 4096)
    var lists: [Listing.Source: List] = [:]
    var idCount = 0
    /// For how long nothing comes or goes by the clock alone; nil while nobody has looked.
    var span: Span?

    /// Forgets what is of another state.
    mutating func turn(to state: State) {
      if self.state != state { self = Kept(state: state) }
    }
  }

  /// How many ids all lists have together at most, of eight bytes.
  private static let mostIDs = 2_000_000

  private let kept = Guarded(Kept())

  func item(_ id: Int64, in state: State) -> Item? {
    kept.withLock { kept in
      kept.turn(to: state)
      return kept.items[id]
    }
  }

  /// Keeps an item that was read in a state, unless that is over.
  func keep(_ item: Item, in state: State) {
    kept.withLock { kept in
      if kept.state == state { kept.items.keep(item, item.envelope.id) }
    }
  }

  /// For how long what is seen in a state now stays so by the clock.
  /// - Parameter find: tells when something comes or goes next; called where that is not known.
  func span(in state: State, at now: Date, _ find: () throws -> Date?) rethrows -> Span {
    let known = kept.withLock { kept in
      kept.turn(to: state)
      return kept.span
    }
    if let known, known.holds(at: now) { return known }
    let span = Span(from: now, until: try find())
    kept.withLock { kept in
      if kept.state == state { kept.span = span }
    }
    return span
  }

  func list(_ source: Listing.Source, in state: State, at now: Date) -> [Int64]? {
    kept.withLock { kept in
      kept.turn(to: state)
      guard let list = kept.lists[source], list.span.holds(at: now) else { return nil }
      return list.ids
    }
  }

  func keep(_ list: List, of source: Listing.Source, in state: State) {
    kept.withLock { kept in
      guard kept.state == state, list.ids.count <= Self.mostIDs else { return }
      if let old = kept.lists.removeValue(forKey: source) { kept.idCount -= old.ids.count }
      if kept.idCount + list.ids.count > Self.mostIDs { (kept.lists, kept.idCount) = ([:], 0) }
      kept.lists[source] = list
      kept.idCount += list.ids.count
    }
  }
}

/// One page's view of the content: its state, asked for once, and the items that it has read whole.
final class ContentView {
  private var looked: ContentShelf.State??
  /// Items with their long texts, which no page shares with another.
  var whole: [Int64: Item] = [:]

  /// The state of the content, as long as the page's transaction lasts; nil where there is none such.
  func state(_ db: Database) throws -> ContentShelf.State? {
    if let looked { return looked }
    let state = try ContentShelf.State(db)
    looked = .some(state)
    return state
  }
}
