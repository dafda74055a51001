import SenKernel

/// Where a menu leads outside of the site's items: a web address, a path of this site or a part of a page.
struct Link: FieldType, Hashable {
  let text: String

  static let kind = FieldKind.url
  var fieldValue: FieldValue { .text(text) }

  init(fieldValue: FieldValue) throws(Refusal) {
    guard let text = fieldValue.text else {
      throw Refusal(.invalid, "\(fieldValue.summary) is no address", hint: "Write https://…, /path or #part.")
    }
    if text.lowercased().hasPrefix("http") {
      self.text = try WebAddress(text).text
      return
    }
    // `//host` would be another site, in the disguise of a path.
    guard text.hasPrefix("#") || text.hasPrefix("/") && !text.hasPrefix("//") else {
      throw Refusal(
        .invalid, "\(fieldValue.summary) is no address", hint: "Write https://…, /path or #part.")
    }
    // What holds of an address holds of its path.
    let host = "https://example.vn"
    self.text = String(
      try WebAddress(host + (text.hasPrefix("#") ? "/" : "") + text).text.dropFirst(
        host.count + (text.hasPrefix("#") ? 1 : 0)))
  }
}
