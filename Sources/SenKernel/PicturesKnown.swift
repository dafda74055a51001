import Foundation

/// The pictures whose sizes have been looked at; files are named by what they hold, so that nothing of it changes.
final class PicturesKnown: @unchecked Sendable {
  private let lock = NSLock()
  private var pictures: [String: PublishedPicture] = [:]

  subscript(name: String) -> PublishedPicture? {
    get { lock.withLock { pictures[name] } }
    set { lock.withLock { pictures[name] = newValue } }
  }
}
