import SenKernel

/// A web address in one form, so that the same address is the same text: scheme and host in lower case, the host
/// readable (`tỉnh.vn`, not `xn--tnh-dlz.vn`), no port that goes without saying, a path at least `/`
/// (RFC 3986, 6.2.2 and 6.2.3). Path, query and fragment stay as they were written.
struct LinkAddress: FieldType, Hashable {
  let text: String
  let host: String

  init(_ text: String) throws(Refusal) {
    let written = try WebAddress(text).text
    let scheme = written.prefix { $0 != ":" }.lowercased()
    let rest = written.dropFirst(scheme.count + "://".count)
    let authority = rest.prefix { !"/?#".contains($0) }
    var tail = rest.dropFirst(authority.count)
    if tail.first != "/" { tail = "/" + tail }
    var (name, port) = (authority, authority.suffix(0))
    if let colon = authority.lastIndex(of: ":"), authority[colon...].allSatisfy({ $0 != "]" }) {
      (name, port) = (authority[..<colon], authority[colon...])
    }
    if let number = Int(port.dropFirst()) {
      port = number == (scheme == "http" ? 80 : 443) ? "" : ":\(number)"
    }
    host = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
      .map { Punycode.readable(String($0)) }.joined(separator: ".")
    // Once more: what was hidden in the host has to be a host as well.
    self.text = try WebAddress("\(scheme)://\(host)\(port)\(tail)").text
  }

  static var kind: FieldKind { .url }
  var fieldValue: FieldValue { .text(text) }
  init(fieldValue: FieldValue) throws(Refusal) {
    try self.init(WebAddress(fieldValue: fieldValue).text)
  }
}

/// Host names in the letters of their language (RFC 3492).
enum Punycode {
  /// A label without its `xn--` form; as it is where it has none, or a wrong one.
  static func readable(_ label: String) -> String {
    guard label.hasPrefix("xn--"), let text = decode(label.dropFirst(4)) else { return label }
    return text
  }

  private static func decode(_ text: Substring) -> String? {
    var scalars: [UnicodeScalar] = []
    var digits = text.utf8[...]
    if let hyphen = digits.lastIndex(of: 0x2D) {
      scalars = digits[..<hyphen].map { UnicodeScalar($0) }
      digits = digits[digits.index(after: hyphen)...]
    }
    // RFC 3492, 5 and 6.2.
    var (code, place, bias) = (128, 0, 72)
    while !digits.isEmpty {
      let before = place
      var (weight, base) = (1, 36)
      while true {
        guard let byte = digits.popFirst(), let digit = digit(byte), digit <= (1 << 32 - place) / weight
        else {
          return nil
        }
        place += digit * weight
        let threshold = min(max(base - bias, 1), 26)
        guard digit >= threshold else { break }
        weight *= 36 - threshold
        guard weight < 1 << 32 else { return nil }
        base += 36
      }
      let count = scalars.count + 1
      bias = adapted(place - before, count, isFirst: before == 0)
      code += place / count
      place %= count
      guard code <= 0x10FFFF, let scalar = UnicodeScalar(UInt32(code)) else { return nil }
      scalars.insert(scalar, at: place)
      place += 1
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x61...0x7A: Int(byte) - 0x61
    case 0x30...0x39: Int(byte) - 0x30 + 26
    default: nil
    }
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var (delta, bias) = (isFirst ? delta / 700 : delta / 2, 0)
    delta += delta / count
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }
}
