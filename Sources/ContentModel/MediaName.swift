/// The name of a file of the site: the SHA-256 of its bytes in hexadecimal, a dot, and its extension.
public struct MediaName: FieldType, Hashable {
  public let name: String

  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .text(let text) = fieldValue, Self.isName(text) else { throw Self.mismatch(fieldValue) }
    name = text
  }

  public static var kind: FieldKind { .media }
  public var fieldValue: FieldValue { .text(name) }

  /// Whether `text` has the form of a media name: 64 hexadecimal digits, `.`, one to eight letters or digits.
  public static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 66, bytes.count <= 73, bytes[64] == 0x2E else { return false }
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    return bytes[..<64].allSatisfy { isDigit($0) || $0 >= 0x61 && $0 <= 0x66 }
      && bytes[65...].allSatisfy { isDigit($0) || $0 >= 0x61 && $0 <= 0x7A }
  }
}
