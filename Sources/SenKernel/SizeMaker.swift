public import ContentModel
public import Foundation

/// Makes the sizes of a picture when a page is the first to show it, so that nobody waits for the job.
///
/// One picture at a time, and never most of the time: what is left over is asked for again by the next request. Large ones
/// are left to the job, since pages would wait for them, and each dot takes four bytes and more.
public final class SizeMaker: Sendable {
  /// The sizes of a picture, or how long the page that lacks them may be shown.
  public enum Found: Sendable {
    case picture(PublishedPicture)
    case missing(forSeconds: TimeInterval)
  }

  private struct State {
    /// Pictures that cannot be made, sizes that there are not, and until when that is believed.
    var broken: [String: ContinuousClock.Instant] = [:]
    /// When the last window began, and how much of it was spent.
    var window = ContinuousClock.now
    var spent = Duration.zero
  }

  /// Of so much time, so much goes into pictures.
  private static let (length, share) = (Duration.seconds(10), Duration.seconds(5))
  /// So long a page waits for what comes next, and for what the job may mend.
  private static let soon = 2.0
  public static let later = 60.0
  /// Dots of the largest that pages make; of JPEG all that can be opened, since those are decoded small.
  private static let mostDots = 16_000_000

  private let site: Site
  private let state = Guarded(State())

  public init(_ site: Site) { self.site = site }

  /// - Throws: what keeps a folder from being written or read; a file that is no sound picture is only missing.
  public func picture(_ file: MediaName) throws -> Found {
    if let known = try site.publishedPicture(file) { return .picture(known) }
    // Another may have made it while this one waited.
    return try make(file, for: file.name) { try self.site.publishedPicture(file) }
  }

  /// Makes a size anew whose file has gone while pages lead to it, as far as there is such a size.
  /// - Parameter name: `HASH/480.jpg`, in `derived/` of the site.
  public func restored(_ name: String) throws -> Found {
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count == 2, PublishedSizes.isName(parts[1]),
      let file = try site.pictureFile(ofHash: parts[0])
    else { return .missing(forSeconds: Self.later) }
    return try make(file, for: name) {
      guard FileManager.default.fileExists(atPath: "\(PublishedSizes.root(self.site))/\(name)")
      else { return nil }
      self.site.forget(picture: file)
      return try self.site.publishedPicture(file)
    }
  }

  /// - Parameter key: what is not tried again for a while where it comes to nothing.
  private func make(_ file: MediaName, for key: String, _ look: () throws -> PublishedPicture?)
    throws -> Found
  {
    try state.withLock { state in
      if let known = try look() { return .picture(known) }
      let now = ContinuousClock.now
      if let end = state.broken[key], now < end { return .missing(forSeconds: Self.later) }
      if now - state.window >= Self.length { (state.window, state.spent) = (now, .zero) }
      guard state.spent < Self.share else { return .missing(forSeconds: Self.soon) }
      defer { state.spent += ContinuousClock.now - now }
      do {
        try PublishedSizes.make(file, site, mostDots: Self.mostDots)
        if let made = try look() { return .picture(made) }
      } catch is Refusal {}
      if state.broken.count > 1000 { state.broken = [:] }
      state.broken[key] = now + .seconds(Self.later)
      return .missing(forSeconds: Self.later)
    }
  }
}
