import Glibc
public import Web

/// Which requests of one client are counted, and how many it may make.
public struct RateRule: Sendable {
  private let applies: @Sendable (WebRequest) -> Bool
  private let limiter: RateLimiter
  /// Those that come too often and are read all the same; nil for none.
  private let patience: RateLimiter?

  /// - Parameters:
  ///   - burst: as many at once.
  ///   - perSecond: as many in the long run.
  ///   - isPatient: whether as many again are read to their end before they are refused, so that whoever typed
  ///     something gets it back.
  public init(
    burst: Int, perSecond: Double, isPatient: Bool = false, applies: @escaping @Sendable (WebRequest) -> Bool
  ) {
    (self.applies, limiter) = (applies, RateLimiter(burst: burst, perSecond: perSecond))
    patience = isPatient ? RateLimiter(burst: burst, perSecond: perSecond) : nil
  }

  /// Forms: twenty at once, then one every three seconds; as many that come too early are given back.
  public static var posts: RateRule {
    RateRule(burst: 20, perSecond: 1.0 / 3, isPatient: true) { $0.method == .post }
  }

  /// A search page: thirty at once, then two a second.
  /// - Parameter path: of the page, such as `/tim-kiem`; only requests with a query count.
  public static func search(_ path: String) -> RateRule {
    RateRule(burst: 30, perSecond: 2) { $0.path.text == path && !$0.rawQuery.isEmpty }
  }

  /// What programs choose themselves to be looked up: sixty at once, then two a second.
  /// - Parameter root: what the paths begin with, such as `/api/`; only requests with a query count.
  public static func queries(below root: String) -> RateRule {
    RateRule(burst: 60, perSecond: 2) { $0.path.text.hasPrefix(root) && !$0.rawQuery.isEmpty }
  }

  /// Pages that are made anew for each request, with their files: a hundred at once, then ten a second.
  public static var previews: RateRule {
    RateRule(burst: 100, perSecond: 10) { $0.path.text.hasPrefix("/preview/") }
  }

  /// A request that came too early.
  struct Excess {
    let problem: WebProblem
    /// Whether it is read to its end before it is refused.
    let isRead: Bool
  }

  func excess(of request: WebRequest) -> Excess? {
    guard applies(request) else { return nil }
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    return limiter.wait(for: request.address, now: now).map { seconds in
      Excess(
        problem: .tooMany(retryAfter: seconds),
        isRead: patience.map { $0.wait(for: request.address, now: now) == nil } ?? false)
    }
  }
}
