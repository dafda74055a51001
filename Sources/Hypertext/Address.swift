/// An address of a link or a picture as a browser would read it, and only if nothing can run by it.
///
/// Read as https://url.spec.whatwg.org/#concept-basic-url-parser does: blanks and controls at both ends, and tabs and
/// line ends anywhere, do not count (`java\nscript:` is `javascript:`), and `\` is `/`.
public struct Address: Sendable, Hashable {
  /// The address as it is written into a page, without anything that a URL may not hold but letters of other scripts.
  public let text: String
  /// The host in lower case; nil for addresses of the site itself, and for mail and telephones.
  public let host: String?
  /// Whether it may be a picture's: http, https or relative.
  public let isFetched: Bool

  /// The longest address, in bytes.
  static let most = 4096

  /// Reads an address whose character references are read already; nil for every scheme but `http`, `https`, `mailto` and
  /// `tel`, and where there is nothing to go to.
  public static func clean(_ source: some StringProtocol) -> Address? {
    guard source.utf8.count <= most else { return nil }
    var bytes = source.utf8.drop { $0 <= 0x20 }.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    guard !bytes.isEmpty else { return nil }
    guard let colon = scheme(bytes) else { return relative(bytes) }
    let rest = bytes[(colon + 1)...]
    switch String(decoding: bytes[..<colon], as: UTF8.self).lowercased() {
    case "http": return absolute("http://", rest)
    case "https": return absolute("https://", rest)
    case "mailto" where !rest.isEmpty: return Address(plain: "mailto:", rest)
    case "tel" where !rest.isEmpty: return Address(plain: "tel:", rest)
    default: return nil
    }
  }

  /// Where the colon of a scheme is.
  private static func scheme(_ bytes: [UInt8]) -> Int? {
    guard let first = bytes.first, isLetter(first) else { return nil }
    for (index, byte) in bytes.enumerated() {
      if byte == 0x3A { return index }
      let isSchemes =
        isLetter(byte) || byte >= 0x30 && byte <= 0x39 || byte == 0x2B || byte == 0x2D || byte == 0x2E
      guard isSchemes else { return nil }
    }
    return nil
  }

  private static func relative(_ bytes: [UInt8]) -> Address? {
    let slashes = bytes.prefix { isSlash($0) }.count
    guard slashes < 2 else { return absolute("//", bytes[...]) }
    return Address(text: escaped(straight(bytes[...])), host: nil, isFetched: true)
  }

  /// A host follows, behind however many slashes, as browsers take them.
  private static func absolute(_ start: String, _ rest: ArraySlice<UInt8>) -> Address? {
    guard let first = rest.first, isSlash(first) else { return nil }
    let place = straight(rest.drop { isSlash($0) })
    let authority = place.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    let named = authority.lastIndex(of: 0x40).map { authority[($0 + 1)...] } ?? authority
    let isIPv6 = named.first == 0x5B
    let host = named.prefix { isIPv6 ? $0 != 0x5D : $0 != 0x3A }
    let rest = named[host.endIndex...]
    guard isIPv6 ? rest.first == 0x5D && HostText.isIPv6(host.dropFirst()) : HostText.isName(host),
      HostText.isPort(isIPv6 ? rest.dropFirst() : rest)
    else { return nil }
    // What stands before the last `@` says who asks.
    let user = authority[..<named.startIndex].dropLast()
    let asking =
      named.startIndex == authority.startIndex ? "" : escaped(user).replacing("@", with: "%40") + "@"
    return Address(
      text: start + asking + String(decoding: named, as: UTF8.self) + escaped(place[authority.endIndex...]),
      host: String(decoding: host, as: UTF8.self).lowercased(), isFetched: true)
  }

  private init(plain scheme: String, _ rest: ArraySlice<UInt8>) {
    self.init(text: scheme + Self.escaped(rest), host: nil, isFetched: false)
  }

  private init(text: String, host: String?, isFetched: Bool) {
    (self.text, self.host, self.isFetched) = (text, host, isFetched)
  }

  /// Backslashes before the query as slashes.
  private static func straight(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = bytes.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? bytes.endIndex
    guard bytes[..<end].contains(0x5C) else { return bytes }
    return ArraySlice(bytes[..<end].map { $0 == 0x5C ? 0x2F : $0 } + bytes[end...])
  }

  /// What a URL may not hold as `%XX`: besides the signs of `needsEscape` a `%` that begins no such pair, a second `#`, and
  /// U+FFFD, which stands for what could not be read.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var written: [UInt8] = []
    written.reserveCapacity(bytes.count)
    var (place, isInFragment) = (bytes.startIndex, false)
    while place < bytes.endIndex {
      let byte = bytes[place]
      let isReplacement = byte == 0xEF && bytes[place...].starts(with: [0xEF, 0xBF, 0xBD])
      let end = place + (isReplacement ? 3 : 1)
      if isReplacement || needsEscape(byte) || byte == 0x25 && !isPair(bytes[end...])
        || byte == 0x23 && isInFragment
      {
        for byte in bytes[place..<end] {
          written += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      } else {
        written.append(byte)
      }
      isInFragment = isInFragment || byte == 0x23
      place = end
    }
    return String(decoding: written, as: UTF8.self)
  }

  /// Whether a URL may not hold it, of ASCII; hosts in brackets are written apart.
  private static func needsEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, 0x7F, 0x22, 0x3C, 0x3E, 0x5B...0x5E, 0x60, 0x7B, 0x7C, 0x7D: true
    default: false
    }
  }

  private static func isPair(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count >= 2
      && rest.prefix(2).allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }
}
