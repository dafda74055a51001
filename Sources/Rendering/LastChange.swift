import Foundation
import SenKernel

extension PageContext {
  /// When what visitors see was changed last.
  func lastChange() throws -> Date? { try ContentStamp.lastChange(db, now: now) }
}
