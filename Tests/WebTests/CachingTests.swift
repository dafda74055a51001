import Foundation
import Testing
import Web

@Suite struct CachingTests {
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func threeFormsOfTheTimeAreRead(text: String) {
    #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: 784_111_777))
  }

  @Test func timesAreWrittenAsFoundationWritesThem() {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    for seconds in stride(from: 0.0, to: 4_200_000_000, by: 12_345_677) {
      let date = Date(timeIntervalSince1970: seconds)
      #expect(HTTPDate.text(date) == formatter.string(from: date))
      #expect(HTTPDate.date(HTTPDate.text(date)) == date)
    }
    #expect(HTTPDate.date("Sun, 06 Nov 1994 25:49:37 GMT") == nil)
    #expect(HTTPDate.date("yesterday") == nil)
  }

  @Test func tagsAreComparedAsTheyShould() {
    let tags = EntityTag.list("\"a\", W/\"b,c\" ,\"\", junk")
    #expect(tags == [EntityTag("a"), EntityTag("b,c", isWeak: true), EntityTag("")])
    #expect(EntityTag("a", isWeak: true).matches(EntityTag("a")))
    #expect(!EntityTag("a", isWeak: true).matchesStrongly(EntityTag("a", isWeak: true)))
    #expect(EntityTag("a\"\r\nb").description == "\"ab\"")
  }

  private func outcome(_ headers: WebHeaders, _ method: WebMethod = .get) throws -> Conditions.Outcome {
    Conditions.outcome(
      of: try WebRequest(method, "/", headers: headers), tag: EntityTag("x"),
      modified: Date(timeIntervalSince1970: 784_111_777.6))
  }

  @Test func theTagCountsMoreThanTheTime() throws {
    let later = "Sun, 06 Nov 1994 09:49:37 GMT"
    let same = "Sun, 06 Nov 1994 08:49:37 GMT"
    let earlier = "Sun, 06 Nov 1994 07:49:37 GMT"
    #expect(try outcome([:]) == .proceed)
    #expect(try outcome(["If-None-Match": "\"y\", W/\"x\""]) == .notModified)
    #expect(try outcome(["If-None-Match": "*"]) == .notModified)
    #expect(try outcome(["If-None-Match": "*"], .post) == .failed)
    #expect(try outcome(["If-None-Match": "\"y\"", "If-Modified-Since": later]) == .proceed)
    #expect(try outcome(["If-Modified-Since": same]) == .notModified)
    #expect(try outcome(["If-Modified-Since": earlier]) == .proceed)
    #expect(try outcome(["If-Modified-Since": "nonsense"]) == .proceed)
    #expect(try outcome(["If-Modified-Since": same], .post) == .proceed)
    #expect(try outcome(["If-Match": "\"y\""]) == .failed)
    #expect(try outcome(["If-Match": "W/\"x\""]) == .failed)
    #expect(try outcome(["If-Match": "\"x\""]) == .proceed)
    #expect(try outcome(["If-Unmodified-Since": earlier]) == .failed)
    #expect(try outcome(["If-Unmodified-Since": same]) == .proceed)
  }

  @Test(arguments: [
    ("bytes=0-4", ByteRange.part(0..<5)), ("bytes=5-", .part(5..<10)), ("bytes=-3", .part(7..<10)),
    ("bytes=-30", .part(0..<10)), ("bytes=8-99999999999999999999", .part(8..<10)),
    ("bytes=10-", .unsatisfiable),
    ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=0-1,4-5", .whole),
    ("bytes=4-2", .whole), ("lines=0-1", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
    ("bytes=+1-2", .whole),
    ("bytes=9223372036854775807-9223372036854775807", .unsatisfiable),
  ])
  func aRangeIsAPartOrNothing(text: String, expected: ByteRange) throws {
    let request = try WebRequest(.get, "/", headers: ["Range": text])
    #expect(ByteRange(of: request, count: 10, tag: nil, modified: nil) == expected)
  }

  @Test func aRangeOfSomethingElseIsTheWhole() throws {
    let request = try WebRequest(.get, "/", headers: ["Range": "bytes=0-1", "If-Range": "\"x\""])
    #expect(ByteRange(of: request, count: 10, tag: EntityTag("x"), modified: nil) == .part(0..<2))
    #expect(ByteRange(of: request, count: 10, tag: EntityTag("y"), modified: nil) == .whole)
    #expect(ByteRange(of: request, count: 10, tag: EntityTag("x", isWeak: true), modified: nil) == .whole)
  }

  @Test(arguments: [
    ("gzip", true), ("gzip;q=0", false), ("br, gzip;q=0.1", true), ("*", true), ("*;q=0", false),
    ("*, gzip; q=0.000", false), ("br", false), ("", false), ("GZIP", true), ("gzip;q=x", false),
  ])
  func gzipIsSentToWhoTakesIt(header: String, isAccepted: Bool) {
    #expect(Gzip.isAccepted(by: header) == isAccepted)
  }

  @Test func aCacheKeepsWhatIsUsedAndForgetsWhatIsOld() throws {
    let cache = ResponseCache(limit: 100_000, shards: 1)
    let now = Date(timeIntervalSince1970: 1000)
    let page = String(repeating: "lúa mới ", count: 500)
    let stored = try cache.store(.html(page), for: "/a", generation: 5)
    guard case .bytes(let bytes) = stored.body else {
      Issue.record("no bytes")
      return
    }
    #expect(stored.entityTag != nil)
    #expect(try #require(try bytes.gzip()).count < bytes.plain.count)
    #expect(cache.response(for: "/a", generation: 5, now: now) != nil)
    #expect(cache.response(for: "/a", generation: 6, now: now) == nil)
    #expect(cache.count == 0)
    #expect(cache.bytes == 0)

    try cache.store(.html(page), for: "/a", generation: 6, until: Date(timeIntervalSince1970: 2000))
    #expect(cache.response(for: "/a", generation: 6, now: now) != nil)
    #expect(cache.response(for: "/a", generation: 6, now: Date(timeIntervalSince1970: 2000)) == nil)

    try cache.store(.html("new"), for: "/a", generation: 8)
    try cache.store(.html("old"), for: "/a", generation: 7)
    guard
      case .bytes(let kept) = try #require(cache.response(for: "/a", generation: 7, now: now)).response.body
    else {
      Issue.record("no bytes")
      return
    }
    #expect(kept.plain == Array("new".utf8))
  }

  @Test func aCacheStaysWithinItsBytesAndDropsTheLeastUsed() throws {
    let cache = ResponseCache(limit: 50_000, shards: 1)
    let page = (0..<3000).map { _ in String(UInt8.random(in: 0...9)) }.joined()
    for number in 0..<100 {
      try cache.store(.html(page), for: "/\(number)", generation: 1)
      #expect(cache.response(for: "/0", generation: 1, now: Date()) != nil)
      #expect(cache.bytes <= 50_000)
    }
    #expect(cache.count > 5)
    #expect(cache.response(for: "/99", generation: 1, now: Date()) != nil)
    #expect(cache.response(for: "/1", generation: 1, now: Date()) == nil)
    try cache.store(.html(String(repeating: page, count: 10)), for: "/big", generation: 1)
    #expect(cache.response(for: "/big", generation: 1, now: Date()) == nil)
  }

  @Test func manyThreadsShareACache() async throws {
    let cache = ResponseCache(limit: 40_000)
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          for number in 0..<300 {
            let key = "/\((number * 7 + thread) % 40)"
            do {
              if cache.response(for: key, generation: Int64(number / 100), now: Date()) == nil {
                try cache.store(.text(key), for: key, generation: Int64(number / 100))
              }
            } catch {
              Issue.record(error)
            }
          }
        }
      }
    }
    #expect(cache.bytes <= 40_000)
  }
}
