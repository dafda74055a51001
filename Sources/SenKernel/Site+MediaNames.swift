import ContentModel
import Foundation

/// Where files are named.
extension Site {
  /// Where the fields stand that name files: those of media, and long texts, whose pictures and links do.
  static func naming(_ shape: Shape) -> [Int] {
    shape.fields.indices.filter { shape.fields[$0].kind == .media || shape.fields[$0].has(.body) }
  }

  /// The media names that stand in some fields of an item, by their places.
  static func mediaNames(in item: Item, _ fields: [Int]) -> [String] {
    fields.flatMap { item.values[$0].text.map { mediaNames(in: $0) } ?? [] }
  }

  /// The media names that stand in a text.
  static func mediaNames(in text: String) -> [String] {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66 }
    var text = text
    return text.withUTF8 { bytes in
      var names: [String] = []
      var (lowest, index) = (0, 63)
      // Every run of 64 digits covers one of the bytes that are looked at.
      while index < bytes.count {
        guard isDigit(bytes[index]) else {
          index += 64
          continue
        }
        var (start, end) = (index, index + 1)
        while start > lowest, isDigit(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        if end - start == 64, end < bytes.count, bytes[end] == UInt8(ascii: ".") {
          let rest: Slice<UnsafeBufferPointer<UInt8>> = bytes[(end + 1)...].prefix(9)
          let ending = rest.prefix { isDigit($0) || ($0 >= 0x67 && $0 <= 0x7A) }
          let name = String(decoding: bytes[start..<ending.endIndex], as: UTF8.self)
          if MediaName.isName(name) { names.append(name) }
        }
        lowest = end
        index = end + 64
      }
      return names
    }
  }
}
