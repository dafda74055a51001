/// The first line of a request, where the parser of heads gives it up for its method.
enum RequestLine {
  /// Whether bytes begin with one as RFC 9112, 3 has it: a method, whatever it is called, a target and the version.
  static func isRequest(_ bytes: some Collection<UInt8>) -> Bool {
    // Empty lines before it do not count (RFC 9112, 2.2).
    let start = bytes.drop { $0 == 0x0D || $0 == 0x0A }
    let line = start.prefix { $0 != 0x0D && $0 != 0x0A }
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, !words[0].isEmpty, !words[1].isEmpty else { return false }
    return words[0].allSatisfy(isToken) && words[1].allSatisfy { (0x21...0x7E).contains($0) }
      && ["HTTP/1.1", "HTTP/1.0"].contains { words[2].elementsEqual($0.utf8) }
  }

  /// RFC 9110, 5.6.2.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
