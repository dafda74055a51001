import Foundation
import Glibc
import Locks
import Web

/// The time for `Date`, written once a second.
final class DateClock: Sendable {
  private let last = Guarded((second: -1, text: "", line: [UInt8]()))

  func text() -> String { current { $0.text } }

  /// The whole field, with its line end.
  func line() -> [UInt8] { current { $0.line } }

  private func current<Result>(_ pick: ((second: Int, text: String, line: [UInt8])) -> Result) -> Result {
    let now = time(nil)
    return last.withLock { last in
      if last.second != now {
        let text = HTTPDate.text(Date(timeIntervalSince1970: Double(now)))
        last = (now, text, Array("Date: \(text)\r\n".utf8))
      }
      return pick(last)
    }
  }
}
