import Foundation
import News
import SenKernel
import SenTesting
import Synchronization
import Testing

/// A clock that goes wrong for a moment costs nobody the history.
struct JournalClockTests {
  private final class Clock: Sendable {
    let time = Mutex(Date(timeIntervalSince1970: 1_795_000_000))
    func set(_ date: Date) { time.withLock { $0 = date } }
    var now: Date { time.withLock { $0 } }
  }

  private let clock = Clock()
  private let site: TestSite
  private let right = Date(timeIntervalSince1970: 1_795_000_000)

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin()], clock: { clock.now })
    try site.run("article create A --slug a")
  }

  private func work(until last: Int) throws {
    while try Int(site.run("log list --limit 1 --field id").dropLast()) ?? 0 < last {
      try site.run("article set a summary=\(UUID().uuidString)")
    }
  }

  @Test func aClockFarAheadForgetsNothing() throws {
    try work(until: 127)
    clock.set(right.addingTimeInterval(5 * 365 * 86_400))
    try work(until: 128)
    #expect(try site.run("log list --format count") == "128\n")
    #expect(try !site.run("log list --field state").contains("too old"))
    clock.set(right)
    try work(until: 256)
    #expect(try site.run("log list --format count") == "256\n")
    #expect(try !site.run("log list --field state").contains("too old"))
  }

  @Test func aClockFarBehindMakesNothingOld() throws {
    try work(until: 50)
    clock.set(Date(timeIntervalSince1970: 640_000_000))
    try work(until: 51)
    clock.set(right)
    try work(until: 128)
    #expect(try site.run("log list --format count") == "128\n")
    #expect(try !site.run("log list --field state").contains("too old"))
    // Pruned at the wrong moment, too.
    try work(until: 255)
    clock.set(Date(timeIntervalSince1970: 640_000_000))
    try work(until: 256)
    #expect(try site.run("log list --format count") == "256\n")
  }

  @Test func whatIsOldGoesThoughATimeAmongItWasWrong() throws {
    try work(until: 20)
    clock.set(right.addingTimeInterval(20 * 365 * 86_400))
    try work(until: 21)
    clock.set(right.addingTimeInterval(120 * 86_400))
    try work(until: 128)
    let states = try site.run("log list --field state").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(states.filter { $0 == "too old" }.count == 21)
    clock.set(right.addingTimeInterval(1_200 * 86_400))
    try work(until: 256)
    #expect(try site.run("log list --format count") == "128\n")
  }
}
