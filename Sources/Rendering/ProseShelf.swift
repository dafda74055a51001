import SenKernel

/// Long texts in HTML that were made safe, kept for the pages and feeds that show them next: parsing is most of what such
/// a text costs, and an article is read on its page and in the feeds of its section and of each of its tags.
struct ProseShelf: Sendable {
  /// A text by its bytes: strings as keys are brought to their canonical form each time.
  struct Key: Hashable, Sendable {
    let text: [UInt8]
    /// What stands before its ids.
    let idPrefix: String
    let firstHeading: Int
    init(_ text: String, _ idPrefix: String, _ firstHeading: Int = 2) {
      (self.text, self.idPrefix, self.firstHeading) = (Array(text.utf8), idPrefix, firstHeading)
    }
  }

  struct Made: Sendable {
    let html: [UInt8]
    let media: Set<String>
  }

  private let kept: Guarded<RecencyCache<Key, Made>>

  /// - Parameter limit: bytes of texts and their HTML.
  init(limit: Int = 12 << 20) {
    kept = Guarded(RecencyCache(limit: limit) { $0.text.count + $1.html.count })
  }

  subscript(key: Key) -> Made? { kept.withLock { $0[key] } }

  func keep(_ made: Made, _ key: Key) { kept.withLock { $0.keep(made, key) } }
}
