public import struct Foundation.Date

/// The part of a content that a request wants (RFC 9110, 14): `bytes=0-499`, `bytes=500-`, `bytes=-500`.
public enum ByteRange: Sendable, Hashable {
  /// 200: no part is asked for, or one that need not be heeded (several at a time, other units, nonsense).
  case whole
  /// 206.
  case part(Range<Int>)
  /// 416: it lies behind the end.
  case unsatisfiable

  /// - Parameters:
  ///   - count: bytes that there are.
  ///   - tag: of the uncompressed content, for `If-Range`.
  public init(of request: WebRequest, count: Int, tag: EntityTag?, modified: Date?) {
    self = .whole
    guard request.method == .get, let range = request.headers["Range"],
      range.lowercased().hasPrefix("bytes="), Self.isFresh(request.headers["If-Range"], tag, modified)
    else { return }
    let ends = range.dropFirst(6).filter { $0 != " " }.split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }) else { return }
    // Numbers that do not fit lie behind every end.
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return
    case (true, false):
      let last = Int(ends[1]) ?? .max
      self = last == 0 || count == 0 ? .unsatisfiable : .part(max(0, count - last)..<count)
    case (false, let isOpen):
      let first = Int(ends[0]) ?? .max
      let last = isOpen ? .max : Int(ends[1]) ?? .max
      guard first <= last else { return }
      self = first >= count ? .unsatisfiable : .part(first..<min(count, last == .max ? count : last + 1))
    }
  }

  private static func isFresh(_ condition: String?, _ tag: EntityTag?, _ modified: Date?) -> Bool {
    guard let condition else { return true }
    if let wanted = EntityTag.list(condition).first { return tag.map(wanted.matchesStrongly) ?? false }
    guard let date = HTTPDate.date(condition), let modified else { return false }
    return modified.timeIntervalSince1970.rounded(.down) == date.timeIntervalSince1970
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
