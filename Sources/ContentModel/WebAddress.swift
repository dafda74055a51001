import Vietnamese

/// An absolute address of the web: `http` or `https`, a host, perhaps a port; the rest as it was written.
///
/// `https://example.vn/tin-tuc`, `http://[::1]:8080/`, `https://tỉnh.vn/lúa`. Refused: other schemes, white space,
/// marks that end an attribute or a tag, and user names, which would publish a password.
public struct WebAddress: FieldType, Hashable {
  /// The longest address that is taken, in bytes.
  public static let longest = 4096

  public let text: String

  public init(_ text: String) throws(Refusal) {
    let text = Normalization.nfc(text)
    func wrong(_ why: String) -> Refusal {
      Refusal(
        .invalid, "\(FieldValue.text(text).summary) is no web address: \(why)",
        hint: "Example: https://example.vn/tin-tuc")
    }
    guard text.utf8.count <= Self.longest else { throw wrong("it is longer than \(Self.longest) bytes") }
    guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
      throw wrong("it does not begin with https:// or http://")
    }
    guard text.unicodeScalars.allSatisfy(Self.isAllowed) else {
      throw wrong("it holds a space, a control character or one of < > \" \\")
    }
    let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw wrong("it holds a user name, which everyone could read") }
    guard !authority.isEmpty else { throw wrong("it names no host") }
    guard Self.isHost(authority) else { throw wrong("“\(authority)” is no host, perhaps with a port") }
    self.text = text
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned: false
    default: !"<>\"\\".unicodeScalars.contains(scalar)
    }
  }

  /// Whether this is a host of letters, digits, `-`, `_` and dots, or an IPv6 address in brackets, and perhaps a port.
  private static func isHost(_ authority: Substring) -> Bool {
    var host = authority
    if host.first == "[", let end = host.firstIndex(of: "]") {
      let address = host[host.index(after: host.startIndex)..<end]
      host = host[host.index(after: end)...]
      guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return false
      }
      return host.isEmpty || isPort(host)
    }
    if let colon = host.firstIndex(of: ":") {
      guard isPort(host[colon...]) else { return false }
      host = host[..<colon]
    }
    let labels = (host.last == "." ? host.dropLast() : host).split(
      separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      !label.isEmpty && label.first != "-"
        && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
  }

  /// `:8080`.
  private static func isPort(_ text: Substring) -> Bool {
    guard text.first == ":", text.dropFirst().utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let port = Int(text.dropFirst())
    else { return false }
    return (1...65_535).contains(port)
  }

  public static var kind: FieldKind { .url }
  public var fieldValue: FieldValue { .text(text) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .text(let text) = fieldValue else { throw Self.mismatch(fieldValue) }
    try self.init(text)
  }
}
