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
    /// Pictures that cannot be made, and until when that is believed.
    var broken: [String: ContinuousClock.Instant] = [:]
    /// When the last window began, and how much of it was spent.
    var window = ContinuousClock.now
    var spent = Duration.zero
  }

  /// Of so much time, so much goes into pictures.
  private static let (length, share) = (Duration.seconds(10), Duration.seconds(5))
  /// So long a page waits for what comes next, and for what the job may mend.
  private static let (soon, later) = (2.0, 60.0)
  /// Dots of the largest that pages make.
  private static let mostDots = 8_000_000

  private let site: Site
  private let state = Guarded(State())

  public init(_ site: Site) { self.site = site }

  /// - Throws: what keeps a folder from being written or read; a file that is no sound picture is only missing.
  public func picture(_ file: MediaName) throws -> Found {
    if let known = try site.publishedPicture(file) { return .picture(known) }
    return try state.withLock { state in
      // Another may have made it while this one waited.
      if let known = try site.publishedPicture(file) { return .picture(known) }
      let now = ContinuousClock.now
      if let end = state.broken[file.name], now < end { return .missing(forSeconds: Self.later) }
      if now - state.window >= Self.length { (state.window, state.spent) = (now, .zero) }
      guard state.spent < Self.share else { return .missing(forSeconds: Self.soon) }
      defer { state.spent += ContinuousClock.now - now }
      do {
        try PublishedSizes.make(file, site, mostDots: Self.mostDots)
        if let made = try site.publishedPicture(file) { return .picture(made) }
      } catch is Refusal {}
      if state.broken.count > 1000 { state.broken = [:] }
      state.broken[file.name] = now + .seconds(Self.later)
      return .missing(forSeconds: Self.later)
    }
  }
}
