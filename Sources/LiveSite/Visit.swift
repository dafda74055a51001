import Web

/// What counts as a visit, a click or a download: what somebody gets to see.
enum Visit {
  /// Whether a request stands for one. It does not where it asks for a head alone; where it goes on with what was begun
  /// before (a range behind the first byte); and where a browser fetches ahead, which has shown nobody anything:
  /// `Sec-Purpose` (Fetch, 3.7), and what browsers sent before it, `Purpose`, `X-Purpose` and `X-Moz`.
  static func isOne(_ request: WebRequest) -> Bool {
    guard request.method == .get else { return false }
    for field in request.headers.fields where mayTell(field.name) {
      switch field.name.lowercased() {
      case "sec-purpose", "purpose", "x-purpose", "x-moz":
        let purpose = field.value.lowercased()
        if ["prefetch", "prerender", "preview"].contains(where: purpose.contains) { return false }
      case "range": if !isFromTheFirst(field.value) { return false }
      default: break
      }
    }
    return true
  }

  /// Whether a name is worth a closer look: each request of a kept page comes by here.
  private static func mayTell(_ name: String) -> Bool {
    switch name.utf8.count {
    case 5, 7, 9, 11, 12:
      switch name.utf8.first.map({ $0 | 0x20 }) {
      case UInt8(ascii: "s"), UInt8(ascii: "p"), UInt8(ascii: "x"), UInt8(ascii: "r"): true
      default: false
      }
    default: false
    }
  }

  private static func isFromTheFirst(_ range: String) -> Bool {
    let spec = range.lowercased().filter { $0 != " " }
    // Other units are not heeded, and the whole is sent.
    guard spec.hasPrefix("bytes=") else { return true }
    return spec.dropFirst(6).split(separator: ",").contains { part in
      let first = part.prefix { $0 != "-" }
      return !first.isEmpty && first.allSatisfy { $0 == "0" }
    }
  }
}
