import ContentModel
public import Foundation

/// A time that tests move.
///
/// ```swift
/// let clock = TestClock("2026-08-08T18:30:00Z")
/// let site = try TestSite([WeatherPlugin()]) { clock.now }
/// ```
public final class TestClock: Sendable {
  private let stored: Guarded<Date>

  /// - Parameter text: RFC 3339; the far past where it is no time.
  public init(_ text: String) { stored = Guarded(Timestamp.date(text) ?? .distantPast) }

  public var now: Date { stored.withLock { $0 } }
  public func move(by seconds: Double) { stored.withLock { $0 += seconds } }
  public func set(_ text: String) { stored.withLock { $0 = Timestamp.date(text) ?? $0 } }
}
