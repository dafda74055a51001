public import ContentModel
public import Foundation
import GRDB

/// What came of asking a source of the network.
public enum Asked<Answer> {
  case answered(Answer)
  /// It was not asked; `failure` is why it gave nothing the last time, where it did not.
  case tooSoon(next: Date, failure: String?)
}

extension Site {
  /// Asks a source on the network, at most once per `interval`, whichever process asks, and less and less often
  /// the longer it fails: after the first failure a wait of `interval` (an hour at most), then always twice that,
  /// a day in the end; longer where the source says so (`Retry-After`, RFC 9110).
  ///
  /// Call it outside of an operation: nothing is locked while the source is waited for.
  /// - Parameters:
  ///   - source: what the source is remembered and told as: its address, without keys.
  ///   - interval: in seconds.
  ///   - isForced: asks in any case.
  ///   - read: makes something of the answer, whatever its status; a refusal counts as a failure of the source.
  /// - Throws: `FetchFailure`, with `source` for the address.
  public func ask<Answer>(
    _ request: FetchRequest, of source: String, every interval: Double, isForced: Bool = false,
    read: (FetchResponse) throws -> Answer
  ) throws -> Asked<Answer> {
    // Remembered before it is asked, so that no two processes ask at once.
    let earlier = try write { operation -> (next: Date, failure: String?)? in
      if !isForced, let last = try Record.last(source, operation.db) {
        let next = last.next(every: interval)
        if next > operation.now, last.askedAt <= operation.now { return (next, last.failure) }
      }
      try operation.db.execute(
        sql: """
          INSERT INTO askedSource (source, askedAt, failures) VALUES (?, ?, 0)
          ON CONFLICT (source) DO UPDATE SET askedAt = excluded.askedAt
          """, arguments: [source, Timestamp.text(operation.now)])
      return nil
    }
    if let earlier { return .tooSoon(next: earlier.next, failure: earlier.failure) }
    var patience: Int?
    do {
      let response = try fetcher.fetch(request)
      patience = response.status >= 400 ? response.patience(at: clock()) : nil
      let answer = try read(response)
      try remember(source, failure: nil, patience: nil)
      return .answered(answer)
    } catch {
      let reason: String
      switch error {
      case let failure as FetchFailure: reason = failure.reason
      case let refusal as Refusal: reason = refusal.message
      default: throw error
      }
      try remember(source, failure: reason, patience: patience)
      throw FetchFailure(reason, source)
    }
  }

  private func remember(_ source: String, failure: String?, patience: Int?) throws {
    try write { operation in
      try operation.db.execute(
        sql: """
          UPDATE askedSource SET failure = ?1, patience = ?2, failures = CASE WHEN ?1 IS NULL THEN 0
            ELSE failures + 1 END WHERE source = ?3
          """, arguments: [failure, patience, source])
    }
  }

  /// What is remembered of a source.
  private struct Record {
    let askedAt: Date
    let failures: Int
    let patience: Int?
    let failure: String?

    static func last(_ source: String, _ db: Database) throws -> Record? {
      try Row.fetchOne(
        db, sql: "SELECT askedAt, failures, patience, failure FROM askedSource WHERE source = ?",
        arguments: [source]
      ).flatMap { row in
        Timestamp.date(row[0] as String).map {
          Record(askedAt: $0, failures: row[1], patience: row[2], failure: row[3])
        }
      }
    }

    func next(every interval: Double) -> Date {
      guard failures > 0 else { return askedAt.addingTimeInterval(interval) }
      let growing = min(interval, 3600) * pow(2, Double(min(failures, 30) - 1))
      return askedAt.addingTimeInterval(min(max(growing, Double(patience ?? 0)), 86_400))
    }
  }
}

extension FetchResponse {
  /// Refuses an answer that is none, such as 500.
  public func checkStatus() throws(Refusal) {
    guard (200..<300).contains(status) else { throw Refusal(.invalid, "answered \(status)") }
  }

  /// How many seconds the source wants to be left alone: `Retry-After` as a number or as a date (RFC 9110, 10.2.3
  /// and 5.6.7); nil where it does not say.
  func patience(at now: Date) -> Int? {
    guard let text = headers["retry-after"]?.trimmingCharacters(in: .whitespaces) else { return nil }
    if let seconds = Int(text) { return seconds }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: words[2]),
      let date = Timestamp.date("\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z")
    else { return nil }
    return max(0, Int(min(date.timeIntervalSince(now), 1e9)))
  }

  /// Whether the body is a page for people, which sources give where they are in trouble.
  public var isWebPage: Bool {
    let start = String(decoding: body.prefix(300), as: UTF8.self).lowercased()
      .trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{FEFF}"]))
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }
}
