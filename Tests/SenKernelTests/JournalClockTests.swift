import Foundation
import GRDB
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
    // By that clock they are, and when it goes right again they are not.
    #expect(site.refusal("history undo 2")?.message.contains("too old") == true)
    clock.set(right)
    #expect(try !site.run("log list --field state").contains("too old"))
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

  private func kept() throws -> Int {
    try site.site.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journal WHERE size > 0") ?? 0 }
  }

  /// Where little is done the limit holds as well.
  @Test func whatIsOldCannotBeTakenBackThoughNothingCameAfterIt() throws {
    try work(until: 5)
    clock.set(right.addingTimeInterval(89 * 86_400))
    try site.run("history undo 5")
    clock.set(right.addingTimeInterval(91 * 86_400))
    try site.run("article create B --slug b")
    let refusal = site.refusal("history undo 4")
    #expect(
      refusal?.message == "Operation 4 is too old to be taken back: the journal keeps 90 days and 256 MB")
    #expect(
      try site.run("history list --field state")
        == "\nundoes 5\nundone by 6\ntoo old\ntoo old\ntoo old\ntoo old\n")
    try site.run("config set historyDays 100")
    #expect(try site.run("history list --field state").contains("too old") == false)
    // The newest can be taken back, however old it is.
    clock.set(right.addingTimeInterval(900 * 86_400))
    #expect(try site.run("history list --limit 1 --field state") == "\n")
    try site.run("history undo 8")
    #expect(try site.run("config get historyDays") == "90\n")
  }

  /// It goes for good when enough days have said that it is old.
  @Test func whatIsOldGoesWhereLittleIsDone() throws {
    try work(until: 20)
    for day in 0..<8 {
      clock.set(right.addingTimeInterval(Double(184 + day) * 86_400))
      #expect(try kept() == 20 + day)
      try work(until: 21 + day)
    }
    #expect(try kept() == 8)
    #expect(try site.run("log list --format count") == "28\n")
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
