import SenKernel

/// What the last feeds told, kept for their other formats, as whoever asks for one mostly asks for the others next; and
/// their entries, which stand in the feeds of a section and of each of their tags.
struct FeedShelf: Sendable {
  /// Once made it is only read, by whichever thread; that is what the compiler cannot see of its trace.
  struct Kept: @unchecked Sendable {
    let feed: Feed
    /// What it was made from.
    let trace: PageTrace
    fileprivate let scope: FeedScope
    fileprivate let stamp: ContentStamp
  }

  /// One for each thread that makes feeds, and some.
  private static let most = 8

  /// An entry with what it was made from, at a stamp; only read as well.
  struct KeptEntry: @unchecked Sendable {
    let entry: Feed.Entry
    let trace: PageTrace
    let stamp: ContentStamp
  }

  private let kept = Guarded<[Kept]>([])
  /// By the ids of their items; so many bytes of HTML.
  private let entries = Guarded(
    RecencyCache<Int64, KeptEntry>(limit: 8 << 20) { $1.entry.html.count + 1000 })

  /// The entry of an item at a stamp, from what was kept or made by `make` on a page of its own, which says whether all is
  /// in it that will be.
  func entry(
    _ id: Int64, at stamp: ContentStamp, _ page: PageContext,
    _ make: (PageContext) throws -> (entry: Feed.Entry, isDone: Bool)?
  ) throws -> Feed.Entry? {
    if let known = entries.withLock({ $0[id] }), known.stamp == stamp {
      page.trace.add(known.trace)
      return known.entry
    }
    let own = PageContext(site: page.site, db: page.db, now: page.now, isFile: page.isFile)
    defer { page.trace.add(own.trace) }
    guard let (entry, isDone) = try make(own) else { return nil }
    if isDone { entries.withLock { $0.keep(KeptEntry(entry: entry, trace: own.trace, stamp: stamp), id) } }
    return entry
  }

  func feed(of scope: FeedScope, _ page: PageContext) throws -> Kept? {
    guard let known = kept.withLock({ $0.first { $0.scope == scope } }),
      try known.stamp.isCurrent(page.db, now: page.now), known.trace.holds(at: page.now)
    else { return nil }
    return known
  }

  func keep(_ feed: Feed, of scope: FeedScope, at stamp: ContentStamp, _ page: PageContext) -> Kept {
    let made = Kept(feed: feed, trace: page.trace, scope: scope, stamp: stamp)
    kept.withLock { kept in
      kept.removeAll { $0.scope == scope }
      kept.append(made)
      if kept.count > Self.most { kept.removeFirst() }
    }
    return made
  }
}
