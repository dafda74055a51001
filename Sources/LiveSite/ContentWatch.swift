import Foundation
import SenKernel

/// Looks at the content four times a second, whoever changes it, where nobody else may look for a long time: a cache
/// before the site keeps visitors away.
final class ContentWatch: Sendable {
  private let isOpen = Guarded(true)
  private static let pause: TimeInterval = 0.25

  init(_ clock: ContentClock, _ site: Site, failed: @escaping @Sendable (String) -> Void) {
    let thread = Thread { [isOpen] in
      var isFailing = false
      while isOpen.withLock({ $0 }) {
        do {
          let now = site.clock()
          if clock.known(at: now) == nil { _ = try clock.look(at: now) }
          isFailing = false
        } catch {
          if !isFailing { failed("What has changed could not be looked at: \(error)") }
          isFailing = true
        }
        Thread.sleep(forTimeInterval: Self.pause)
      }
    }
    thread.name = "changes"
    thread.start()
  }

  func close() { isOpen.withLock { $0 = false } }
}
