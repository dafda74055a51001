import Foundation

/// An absolute address of the web: `http` or `https`, with a host, without white space.
public struct WebAddress: FieldType, Hashable {
  public let text: String

  public init(_ text: String) throws(Refusal) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme),
      let host = url.host(), !host.isEmpty,
      !text.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 })
    else {
      throw Refusal(.invalid, "“\(text)” is no web address", hint: "Example: https://example.vn/tin-tuc")
    }
    self.text = text
  }

  public static var kind: FieldKind { .url }
  public var fieldValue: FieldValue { .text(text) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .text(let text) = fieldValue else { throw Self.mismatch(fieldValue) }
    try self.init(text)
  }
}
