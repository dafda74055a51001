/// Where an address stands: what relative ones are read from (RFC 3986, 5.2). In bytes, as HTML has them escaped or not.
struct AddressBase {
  /// `https:`
  private let scheme: ArraySlice<UInt8>
  /// `https://a.example`
  private let root: ArraySlice<UInt8>
  /// `/article/t/`
  private let path: ArraySlice<UInt8>
  /// Everything, without a fragment.
  private let whole: ArraySlice<UInt8>

  /// - Parameter address: a whole one, of a scheme with a host.
  init(_ address: [UInt8]) {
    whole = address.prefix { $0 != UInt8(ascii: "#") }
    let place = whole.prefix { $0 != UInt8(ascii: "?") }
    let colon = place.firstIndex(of: UInt8(ascii: ":")) ?? place.startIndex
    scheme = place.isEmpty ? place : place[...colon]
    let host = place[scheme.endIndex...].drop { $0 == UInt8(ascii: "/") }
    let end = host.firstIndex(of: UInt8(ascii: "/")) ?? place.endIndex
    (root, path) = (place[..<end], place[end...])
  }

  /// The whole address that a reference on the page means.
  func resolved(_ reference: ArraySlice<UInt8>) -> [UInt8] {
    // What has no page of its own stays as it is.
    guard !whole.isEmpty else { return [UInt8](reference) }
    guard let first = reference.first else { return [UInt8](whole) }
    if Self.hasScheme(reference) { return [UInt8](reference) }
    let slash = UInt8(ascii: "/")
    switch first {
    case UInt8(ascii: "#"): return [UInt8](whole) + reference
    case UInt8(ascii: "?"): return [UInt8](root) + (path.isEmpty ? [slash] : path) + reference
    case slash where reference.dropFirst().first == slash: return [UInt8](scheme) + reference
    default: break
    }
    let end =
      reference.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? reference.endIndex
    let folder = path.lastIndex(of: slash).map { [UInt8](path[...$0]) } ?? [slash]
    let merged = (first == slash ? [] : folder) + reference[..<end]
    return [UInt8](root) + Self.withoutDots(merged) + reference[end...]
  }

  private static func hasScheme(_ reference: ArraySlice<UInt8>) -> Bool {
    guard let first = reference.first, (0x61...0x7A).contains(first | 0x20) else { return false }
    for byte in reference {
      switch byte {
      case UInt8(ascii: ":"): return true
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        continue
      default: return false
      }
    }
    return false
  }

  /// A path from the root on without `.` and `..` (5.2.4).
  private static func withoutDots(_ path: [UInt8]) -> [UInt8] {
    let dot = UInt8(ascii: ".")
    var parts: [ArraySlice<UInt8>] = []
    let given = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (place, part) in given.enumerated() {
      let isDot = part.elementsEqual([dot])
      let isUp = part.elementsEqual([dot, dot])
      if isUp, !parts.isEmpty { parts.removeLast() }
      if !isDot, !isUp { parts.append(part) }
      // `a/..` is the folder, with its slash.
      if isDot || isUp, place == given.count - 1 { parts.append([]) }
    }
    return [UInt8(ascii: "/")] + Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}
