import ContentModel
import Foundation
import Testing

@Suite struct TimestampTests {
  @Test func randomMomentsAgreeWithFoundation() {
    var random = Seeded(state: 7)
    let formatter = ISO8601DateFormatter()
    for _ in 0..<20_000 {
      // From 1583, where Foundation's calendar is Gregorian too.
      let seconds = Int.random(in: -12_212_553_600...253_402_300_799, using: &random)
      let date = Date(timeIntervalSince1970: Double(seconds))
      let text = Timestamp.text(date)
      #expect(text == formatter.string(from: date))
      #expect(Timestamp.date(text) == date)
    }
  }

  @Test func everyDayOfFourCenturiesGoesForthAndBack() {
    for day in -146_097...146_097 {
      let (year, month, dayOfMonth) = Timestamp.civil(day)
      guard Timestamp.isDay(year, month, dayOfMonth), Timestamp.days(year, month, dayOfMonth) == day else {
        Issue.record("day \(day)")
        return
      }
    }
  }

  @Test func textsSortByTime() {
    var random = Seeded(state: 8)
    let dates = (0..<1000).map { _ in
      Date(
        timeIntervalSince1970: Double.random(in: -62_167_219_200..<253_402_300_799, using: &random).rounded())
    }
    #expect(dates.sorted().map(Timestamp.text) == dates.map(Timestamp.text).sorted())
  }

  @Test func fractionsAreDroppedTowardsThePastAndFarMomentsAreHeld() {
    #expect(Timestamp.text(Date(timeIntervalSince1970: -0.1)) == "1969-12-31T23:59:59Z")
    #expect(Timestamp.text(Date(timeIntervalSince1970: 0.9)) == "1970-01-01T00:00:00Z")
    #expect(Timestamp.text(.distantFuture) == "4001-01-01T00:00:00Z")
    #expect(Timestamp.text(Date(timeIntervalSince1970: .infinity)) == "9999-12-31T23:59:59Z")
    #expect(Timestamp.text(Date(timeIntervalSince1970: -.infinity)) == "0000-01-01T00:00:00Z")
    #expect(Timestamp.text(Date(timeIntervalSince1970: .nan)) == "1970-01-01T00:00:00Z")
  }

  @Test(arguments: [
    "2026-11-24T09:00:00.Z", "2026-11-24T09:00:00.5", "2026-11-24T09:00:00+7", "2026-11-24T09:00:00+0700",
    "2026-11-24T09:00:00+24:00", "2026-11-24T09:60:00Z", "2026-13-24T09:00:00Z", "2026-00-24T09:00:00Z",
    "2026-11-00T09:00:00Z", "1900-02-29T00:00:00Z", "2026-11-24X09:00:00Z", "２０２６-11-24T09:00:00Z",
    "2026-11-24T09:00:00ZZ", "0000-01-01T00:00:00+07:00", "9999-12-31T23:59:59-01:00", "+026-11-24T09:00:00Z",
  ])
  func whatIsNoMomentIsNotRead(text: String) {
    #expect(Timestamp.date(text) == nil)
  }

  @Test(arguments: [
    ("2026-11-24 09:00:00z", "2026-11-24T09:00:00Z"), ("2000-02-29T23:59:59.999Z", "2000-02-29T23:59:59Z"),
    ("2026-01-01T00:30:00+07:00", "2025-12-31T17:30:00Z"),
    ("2026-01-01T00:00:00-00:30", "2026-01-01T00:30:00Z"),
  ])
  func formsOfTheSameMomentAreRead(text: String, normal: String) throws {
    #expect(Timestamp.text(try #require(Timestamp.date(text))) == normal)
  }

  @Test func uidsHaveTheirFormAtEveryTime() {
    var random = Seeded(state: 9)
    for seconds in [0, -5, 1_764_000_000.123, 1e300, Double.infinity] {
      let uid = UID.make(at: Date(timeIntervalSince1970: seconds), using: &random)
      #expect(UID.isUID(uid))
      #expect(Array(uid)[14] == "7" && "89ab".contains(Array(uid)[19]))
    }
    let known = UID.make(at: Date(timeIntervalSince1970: 1_645_557_742), using: &random)
    #expect(known.hasPrefix("017f22e2-79b0-7"), "the example of RFC 9562, appendix A.6")
    let many = Set((0..<10_000).map { _ in UID.make(at: Date(timeIntervalSince1970: 0), using: &random) })
    #expect(many.count == 10_000)
  }

  @Test(arguments: [
    "", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b07cc398c4dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
  ])
  func whatIsNoUIDIsNotTakenForOne(text: String) {
    #expect(!UID.isUID(text))
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
