import SenKernel

/// Long texts whose HTML was made, kept for the pages and feeds that show them next: parsing is most of what a text
/// costs, and an article is read on its page and in the feeds of its section and of each of its tags.
///
/// What was not asked for while half of the room filled up is forgotten.
struct ProseShelf: Sendable {
  struct Key: Hashable {
    let text: String
    let format: BodyFormat
  }

  struct Made {
    let html: String
    let media: Set<String>
  }

  private struct State {
    var young: [Key: Made] = [:]
    var old: [Key: Made] = [:]
    /// Of what is young.
    var bytes = 0
  }

  private let state = Guarded(State())
  /// Bytes of texts and their HTML.
  private let limit: Int

  init(limit: Int = 24 << 20) { self.limit = limit }

  subscript(key: Key) -> Made? {
    state.withLock { state in
      if let made = state.young[key] { return made }
      guard let made = state.old[key] else { return nil }
      Self.keep(made, key, in: &state, limit)
      return made
    }
  }

  func keep(_ made: Made, _ key: Key) { state.withLock { Self.keep(made, key, in: &$0, limit) } }

  private static func keep(_ made: Made, _ key: Key, in state: inout State, _ limit: Int) {
    let size = key.text.utf8.count + made.html.utf8.count
    guard size <= limit / 8, state.young[key] == nil else { return }
    if state.bytes + size > limit / 2 { (state.old, state.young, state.bytes) = (state.young, [:], 0) }
    state.young[key] = made
    state.bytes += size
  }
}
