public import ContentModel
import Foundation
import Vietnamese

/// The words of an item as the search index takes them: tags gone, đ written d, Vietnamese letters without marks.
///
/// The index itself folds case and marks, so that the file can be searched with any tool that knows FTS5. That the
/// marks are gone already changes no word of it; a table takes them off faster than FTS5's search by halving.
public enum SearchText {
  /// What the index has of an item.
  public struct Words: Sendable, Equatable {
    var title: String
    var text: String
  }

  /// The title and the searchable text of an item.
  public static func make(_ item: Item, _ shape: Shape) -> Words {
    var bytes: [UInt8] = []
    for (field, value) in zip(shape.fields, item.values) where field.has(.searchable) && !field.has(.title) {
      if case .text(let text) = value { append(text, to: &bytes) }
      if case .list(let values) = value { for value in values { append(value.text ?? "", to: &bytes) } }
    }
    var title: [UInt8] = []
    append(item.envelope.title, to: &title)
    return Words(
      title: String(decoding: title, as: UTF8.self), text: String(decoding: bytes, as: UTF8.self))
  }

  /// Text as people read it: without tags, comments and scripts of HTML, its character references read.
  public static func plain(_ text: String) -> String {
    Markup.plain(text)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    if !bytes.isEmpty { bytes.append(0x0A) }
    if Markup.isIn(text) {
      Markup.words(text).withUnsafeBufferPointer { fold($0, to: &bytes) }
    } else {
      var text = text
      text.withUTF8 { fold($0, to: &bytes) }
    }
  }

  private static func fold(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    // Without this, the array would write a length of 0 into the empty array that all threads share.
    guard !source.isEmpty else { return }
    let table = Letter.table
    bytes.append(addingCapacity: source.count) { target in
      var index = 0
      while index < source.count {
        let byte = source[index]
        if byte >= 0xC3, let (letter, length) = Letter.at(index, in: source, table) {
          target.append(letter.base)
          index += length
        } else if byte == 0xC3, source[index + 1] | 0x20 == 0xB0 {
          // Ð, which the query folds as Đ.
          target.append(0x64)
          index += 2
        } else {
          target.append(byte)
          index += 1
        }
      }
    }
  }
}
