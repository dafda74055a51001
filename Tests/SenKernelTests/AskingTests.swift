import Foundation
import SenKernel
import SenTesting
import Testing

struct AskingTests {
  private static let address = "https://example.vn/rates"

  /// A network that answers as it is told.
  private final class Source: Fetcher {
    let status = Guarded(200)
    let asked = Guarded(0)
    /// Done while the answer is waited for.
    let meanwhile = Guarded<(@Sendable () -> Void)?>(nil)

    func fetch(_ request: FetchRequest) throws -> FetchResponse {
      asked.withLock { $0 += 1 }
      meanwhile.withLock { $0 }?()
      let status = status.withLock { $0 }
      if status == 0 { throw FetchFailure("timed out after 10 s", request.address) }
      return FetchResponse(
        status: status,
        headers: [429: ["retry-after": "7200"], 503: ["retry-after": "Tue, 24 Nov 2026 11:30:00 GMT"]][status]
          ?? [:], body: Data("<html>".utf8),
        address: request.address)
    }
  }

  private let clock = TestClock("2026-11-24T09:00:00Z")
  private let source = Source()
  private let test: TestSite

  init() throws {
    let clock = clock
    test = try TestSite([], fetcher: source) { clock.now }
  }

  /// How the source was found: `answered`, a failure, or when it may be asked.
  private func ask(every interval: Double = 300, isForced: Bool = false) throws -> String {
    do {
      let asked = try test.site.ask(
        FetchRequest("\(Self.address)?key=1"), of: Self.address, every: interval, isForced: isForced
      ) { response in
        try response.checkStatus()
        return response.isWebPage
      }
      switch asked {
      case .answered(let isPage): return isPage ? "answered" : "?"
      case .tooSoon(let next, _): return "not for \(Int(next.timeIntervalSince(clock.now))) s"
      }
    } catch let failure as FetchFailure {
      return "\(failure)"
    }
  }

  @Test func aSourceIsAskedOnceAnInterval() throws {
    #expect(try ask() == "answered")
    clock.move(by: 100)
    #expect(try ask() == "not for 200 s")
    #expect(try ask(isForced: true) == "answered")
    clock.move(by: 300)
    #expect(try ask() == "answered")
  }

  @Test func nobodyElseAsksWhileTheAnswerIsWaitedFor() throws {
    let site = test.site
    source.meanwhile.withLock { meanwhile in
      meanwhile = { [source] in
        source.meanwhile.withLock { $0 = nil }
        do {
          let asked = try site.ask(FetchRequest(Self.address), of: Self.address, every: 300) { _ in true }
          guard case .tooSoon = asked else { throw FetchFailure("was asked twice", Self.address) }
        } catch { Issue.record(error) }
      }
    }
    #expect(try ask() == "answered")
    #expect(source.asked.withLock { $0 } == 1)
  }

  @Test func theLongerItFailsTheLessItIsAsked() throws {
    source.status.withLock { $0 = 0 }
    var waits: [Int] = []
    for _ in 1...10 {
      #expect(try ask() == "\(Self.address): timed out after 10 s")
      let wait = try #require(Int(ask().split(separator: " ")[2]))
      waits.append(wait)
      clock.move(by: Double(wait))
    }
    #expect(waits == [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400])
    source.status.withLock { $0 = 200 }
    #expect(try ask() == "answered")
    #expect(try ask() == "not for 300 s")
  }

  @Test func aDailySourceIsTriedAgainInAnHourAndTheSourceMayWantLonger() throws {
    source.status.withLock { $0 = 500 }
    #expect(try ask(every: 86_400) == "\(Self.address): answered 500")
    #expect(try ask(every: 86_400) == "not for 3600 s")
    source.status.withLock { $0 = 429 }
    #expect(try ask(isForced: true) == "\(Self.address): answered 429")
    #expect(try ask() == "not for 7200 s")
    // As a date: half past eleven, in two hours and a half.
    source.status.withLock { $0 = 503 }
    #expect(try ask(isForced: true) == "\(Self.address): answered 503")
    #expect(try ask() == "not for 9000 s")
  }
}
