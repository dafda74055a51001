import SenKernel

/// Where a menu leads outside of the site's items: a web address, a path of this site, a part of a page, a mail
/// address or a telephone number.
struct Link: FieldType, Hashable {
  let text: String

  static let kind = FieldKind.url
  var fieldValue: FieldValue { .text(text) }

  init(fieldValue: FieldValue) throws(Refusal) {
    guard let text = fieldValue.text else {
      throw Self.refusal(fieldValue)
    }
    if text.lowercased().hasPrefix("http") {
      self.text = try WebAddress(text).text
      return
    }
    if let contact = Self.contact(text) {
      self.text = contact
      return
    }
    // `//host` would be another site, in the disguise of a path.
    guard text.hasPrefix("#") || text.hasPrefix("/") && !text.hasPrefix("//") else {
      throw Self.refusal(fieldValue)
    }
    // What holds of an address holds of its path.
    let host = "https://example.vn"
    self.text = String(
      try WebAddress(host + (text.hasPrefix("#") ? "/" : "") + text).text.dropFirst(
        host.count + (text.hasPrefix("#") ? 1 : 0)))
  }

  private static func refusal(_ value: FieldValue) -> Refusal {
    Refusal(
      .invalid, "\(value.summary) is no address",
      hint: "Write https://…, /path, #part, mailto:ten@example.vn or tel:+842393855555.")
  }

  /// `mailto:ten@example.vn` (RFC 6068, one address and no headers) or `tel:+84 239 385 5555` (RFC 3966).
  private static func contact(_ text: String) -> String? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "mailto":
      let address = parts[1].split(separator: "@", omittingEmptySubsequences: false)
      let signs = Set(".!#$*+-/=^_`{|}~".utf8)
      let isSound =
        address.count == 2
        && address.allSatisfy { part in
          !part.isEmpty
            && part.utf8.allSatisfy {
              signs.contains($0) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
            }
        }
      return isSound ? "mailto:\(parts[1])" : nil
    case "tel":
      let number = parts[1].filter { !" .-()".contains($0) }
      let digits = number.hasPrefix("+") ? number.dropFirst() : number[...]
      return (3...15).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        ? "tel:\(number)" : nil
    default: return nil
    }
  }
}
