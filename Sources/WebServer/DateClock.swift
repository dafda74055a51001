import Foundation
import Glibc
import Locks
import Web

/// The time for `Date`, written once a second.
final class DateClock: Sendable {
  private let last = Guarded((second: -1, text: ""))

  func text() -> String {
    let now = time(nil)
    return last.withLock { last in
      if last.second != now { last = (now, HTTPDate.text(Date(timeIntervalSince1970: Double(now)))) }
      return last.text
    }
  }
}
