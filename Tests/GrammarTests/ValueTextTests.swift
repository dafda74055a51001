import ContentModel
import Foundation
import Grammar
import Testing

@Suite struct ValueTextTests {
  static let saigon = TimeZone(identifier: "Asia/Ho_Chi_Minh")!
  /// Tuesday, 24 November 2026, 15:30 in Vietnam.
  static let now = Timestamp.date("2026-11-24T08:30:00Z")!

  static func text(_ typed: String, _ zone: TimeZone = saigon) -> String? {
    do throws(Refusal) {
      return Timestamp.text(try DateText.parse(typed, now: now, timeZone: zone))
    } catch {
      return nil
    }
  }

  @Test(arguments: ["+99999999y", "-99999999y", "+8000y", "+999999999mo"])
  func noDateIsBeyondTheYearsThatAreKept(_ typed: String) {
    #expect(Self.text(typed) == nil)
  }

  @Test(arguments: [
    ("24/11/2026 08:00", "2026-11-24T01:00:00Z"), ("4/2/2020", "2020-02-03T17:00:00Z"),
    ("2026-11-24", "2026-11-23T17:00:00Z"),
    ("2026-11-24 08:00:30", "2026-11-24T01:00:30Z"), ("2026-11-24T08:00", "2026-11-24T01:00:00Z"),
    ("2026-11-24T08:00Z", "2026-11-24T08:00:00Z"),
    ("2026-11-24T08:00:00+0200", "2026-11-24T06:00:00Z"), ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z"),
    ("2026-11-24t08:00:00z", "2026-11-24T08:00:00Z"),
    ("24-11-2026", "2026-11-23T17:00:00Z"), ("24.11.2026 8h", "2026-11-24T01:00:00Z"),
    ("08:00 24/11/2026", "2026-11-24T01:00:00Z"),
    ("now", "2026-11-24T08:30:00Z"), ("+2d", "2026-11-26T08:30:00Z"), ("-1w", "2026-11-17T08:30:00Z"),
    ("+90m", "2026-11-24T10:00:00Z"),
    ("today", "2026-11-23T17:00:00Z"), ("Tomorrow 08:00", "2026-11-25T01:00:00Z"),
    ("08:00 tomorrow", "2026-11-25T01:00:00Z"), ("yesterday", "2026-11-22T17:00:00Z"),
    ("hôm nay", "2026-11-23T17:00:00Z"), ("ngày mai 8h30", "2026-11-25T01:30:00Z"),
    ("Hôm qua", "2026-11-22T17:00:00Z"), ("08:00", "2026-11-24T01:00:00Z"),
    ("thứ hai", "2026-11-29T17:00:00Z"), ("thứ tư 07:00", "2026-11-25T00:00:00Z"),
    ("thứ ba", "2026-11-30T17:00:00Z"), ("chủ nhật", "2026-11-28T17:00:00Z"),
    ("monday", "2026-11-29T17:00:00Z"),
    ("  24/11/2026 \t 08:00 ", "2026-11-24T01:00:00Z"), ("29/2/2024", "2024-02-28T17:00:00Z"),
  ])
  func datesAreReadAsPeopleTypeThem(typed: String, moment: String) {
    #expect(Self.text(typed) == moment)
    #expect(Self.text(typed.decomposedStringWithCanonicalMapping) == moment)
  }

  @Test(arguments: [
    "", "soon", "29/2/2023", "31/4/2026", "0/1/2026", "1/13/2026", "24/11/26", "24/11", "2026", "2026-11",
    "24:00", "tomorrow 24:00", "tomorrow 8:60",
    "08:00 09:00", "+", "+2", "+2x", "+d", "--2d", "tomorrow tomorrow", "2026-11-24T", "2026-11-24T25:00",
    "1/1/0999", "１/１/2026", "24/11/2026 08:00 +0700 x",
    "12345-01-01", "24/11-2026", "thứ tám", "\u{0}",
  ])
  func whatIsNoDateIsRefused(typed: String) {
    #expect(Self.text(typed) == nil)
  }

  @Test(arguments: [
    "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Ho_Chi_Minh", "Pacific/Apia",
    "America/St_Johns",
  ])
  func localTimesAgreeWithTheCalendar(zone: String) throws {
    var random = Seeded(state: 8)
    let timeZone = try #require(TimeZone(identifier: zone))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    for _ in 0..<2000 {
      let moment = Date(
        timeIntervalSince1970: Double(Int.random(in: 946_684_800..<1_900_000_000, using: &random)))
      let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
      let typed =
        "\(parts.year!)-\(parts.month!)-\(parts.day!) \(parts.hour!):\(parts.minute!):\(parts.second!)"
      let read = try DateText.parse(typed, now: Self.now, timeZone: timeZone)
      let again = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: read)
      #expect(again == parts, "\(typed)")
      #expect(read <= moment, "the first of two")
    }
  }

  @Test func clocksThatArePutForwardOrBackAreRead() {
    let berlin = TimeZone(identifier: "Europe/Berlin")!
    #expect(Self.text("29/3/2026 02:30", berlin) == "2026-03-29T01:30:00Z")
    #expect(Self.text("25/10/2026 02:30", berlin) == "2026-10-25T00:30:00Z")
    #expect(Self.text("25/10/2026 03:30", berlin) == "2026-10-25T02:30:00Z")
  }

  @Test(arguments: [
    ("30d", 2_592_000), ("2w", 1_209_600), ("90m", 5400), ("15min", 900), ("12h", 43_200),
    ("6mo", 15_552_000), ("1y", 31_536_000), ("45s", 45), ("0d", 0),
  ])
  func lengthsOfTimeAreRead(text: String, seconds: Double) throws {
    #expect(try DurationText.parse(text) == seconds)
  }

  @Test(arguments: ["", "d", "30", "-1d", "1.5h", "30 d", "30D", "1e3d", "99999999999d", "٣d"])
  func whatIsNoLengthIsRefused(text: String) {
    #expect(throws: Refusal.self) { try DurationText.parse(text) }
  }

  @Test(
    arguments: [
      ("12", .id(12)), ("0012", .id(12)), ("10-20", .range(10...20)), ("7-7", .range(7...7)),
      ("@last", .last), ("-", .standardInput),
      ("tin-moi", .slug("tin-moi")), ("10-20-30", .slug("10-20-30")), ("10-", .slug("10-")),
      ("-5", .slug("-5")), ("１２", .slug("１２")), ("Tin Mới", .slug("Tin Mới")),
    ] as [(String, ReferenceText)])
  func referencesAreRead(text: String, reference: ReferenceText) throws {
    #expect(try ReferenceText.parse(text) == reference)
  }

  @Test(arguments: ["", "@", "@first", "9223372036854775808", "1-9223372036854775808", "20-10"])
  func whatNamesNoItemIsRefused(text: String) {
    #expect(throws: Refusal.self) { try ReferenceText.parse(text) }
  }

  @Test(
    arguments: [
      ("state=draft", "state", .set, "draft"), ("tags+=lúa", "tags", .add, "lúa"),
      ("tags-=lúa", "tags", .remove, "lúa"), ("title=", "title", .set, ""),
      ("title=a=b", "title", .set, "a=b"), ("a1_b=x", "a1_b", .set, "x"), ("title==", "title", .set, "="),
    ] as [(String, String, Assignment.Operation, String)])
  func assignmentsAreRead(text: String, field: String, operation: Assignment.Operation, value: String) throws
  {
    let assignment = try Assignment.parse(text)
    #expect(assignment.field == field && assignment.operation == operation && assignment.value == value)
  }

  @Test(arguments: ["", "state", "=x", "+=x", "1a=x", "a b=x", "a-b=x", "a+-=x", "-=x"])
  func whatSetsNothingIsRefused(text: String) {
    #expect(throws: Refusal.self) { try Assignment.parse(text) }
  }

  @Test func theNearestWordIsFound() {
    let words = ["list", "show", "create", "category", "publish", "unpublish"]
    #expect(Suggestion.nearest("lsit", in: words) == "list")
    #expect(Suggestion.nearest("cat", in: words) == "category")
    #expect(Suggestion.nearest("PUBLISH", in: words) == "publish")
    #expect(Suggestion.nearest("xyzzy", in: words) == nil)
    #expect(Suggestion.nearest("", in: words) == nil)
    #expect(Suggestion.nearest(String(repeating: "x", count: 100_000), in: words) == nil)
  }
}
