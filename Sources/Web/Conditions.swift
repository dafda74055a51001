public import struct Foundation.Date

/// What a request asks of the content before it wants it: `If-None-Match` and its kin, in the order of RFC 9110,
/// 13.2.2.
public enum Conditions {
  public enum Outcome: Sendable, Hashable {
    case proceed
    /// 304: the client has it.
    case notModified
    /// 412: it is not what the client thinks.
    case failed
  }

  /// - Parameters:
  ///   - tag: of what would be sent, compressed or not.
  ///   - modified: whole seconds count.
  public static func outcome(of request: WebRequest, tag: EntityTag?, modified: Date?) -> Outcome {
    let headers = request.headers
    let isReading = request.method == .get || request.method == .head
    if let wanted = headers.list("If-Match") {
      let isThere =
        isAny(wanted)
        || EntityTag.list(wanted).contains { tag.map($0.matchesStrongly) ?? false }
      if !isThere { return .failed }
    } else if let since = headers["If-Unmodified-Since"].flatMap(HTTPDate.date), let modified,
      seconds(modified) > seconds(since)
    {
      return .failed
    }
    if let known = headers.list("If-None-Match") {
      let isKnown = isAny(known) || EntityTag.list(known).contains { tag.map($0.matches) ?? false }
      return !isKnown ? .proceed : isReading ? .notModified : .failed
    }
    if isReading, let since = headers["If-Modified-Since"].flatMap(HTTPDate.date), let modified,
      seconds(modified) <= seconds(since)
    {
      return .notModified
    }
    return .proceed
  }

  private static func isAny(_ list: String) -> Bool { list.filter { $0 != " " } == "*" }
  private static func seconds(_ date: Date) -> Double { date.timeIntervalSince1970.rounded(.down) }
}
