import ContentModel

/// The names whose ids have been found during an import, for the thread that reads ahead.
final class KnownNames: Sendable {
  private let ids = Guarded<[String: [String: Int64]]>([:])
  /// How many names of a noun are remembered before the memory is emptied; a bulk import names few items often.
  private static let most = 20_000

  func id(_ text: String, of noun: String) -> Int64? { ids.withLock { $0[noun]?[text] } }

  func remember(_ text: String, of noun: String, _ id: Int64) {
    ids.withLock { ids in
      if ids[noun, default: [:]].count >= Self.most { ids[noun] = [:] }
      ids[noun, default: [:]][text] = id
    }
  }
}
