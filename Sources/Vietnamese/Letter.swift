/// One letter that Vietnamese text spells with marks, taken apart: `ấ` is `a` with quality 2 (â) and tone 4 (sắc).
///
/// The table spares the general decomposition of Unicode, which is some ten times dearer, for the letters that
/// nearly all text here consists of. It holds the precomposed letters only; marks that stand apart take the
/// general way.
package struct Letter: Sendable, Hashable {
  /// The lower-case ASCII letter below the marks; `d` for đ.
  package let base: UInt8
  /// The mark that makes it another letter: 1 for ă, 2 for â ê ô, 3 for ơ ư, and 1 for đ.
  package let quality: UInt8
  package var isDStroke: Bool { base == 0x64 }
  /// The order of dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
  package let tone: UInt8

  private static let vowels: [(base: Unicode.Scalar, quality: UInt8, forms: [String])] = [
    ("a", 0, ["aàảãáạ", "AÀẢÃÁẠ"]), ("a", 1, ["ăằẳẵắặ", "ĂẰẲẴẮẶ"]), ("a", 2, ["âầẩẫấậ", "ÂẦẨẪẤẬ"]),
    ("e", 0, ["eèẻẽéẹ", "EÈẺẼÉẸ"]), ("e", 2, ["êềểễếệ", "ÊỀỂỄẾỆ"]), ("i", 0, ["iìỉĩíị", "IÌỈĨÍỊ"]),
    ("o", 0, ["oòỏõóọ", "OÒỎÕÓỌ"]), ("o", 2, ["ôồổỗốộ", "ÔỒỔỖỐỘ"]), ("o", 3, ["ơờởỡớợ", "ƠỜỞỠỚỢ"]),
    ("u", 0, ["uùủũúụ", "UÙỦŨÚỤ"]), ("u", 3, ["ưừửữứự", "ƯỪỬỮỨỰ"]), ("y", 0, ["yỳỷỹýỵ", "YỲỶỸÝỴ"]),
    ("d", 1, ["đ", "Đ"]),
  ]

  /// Code points from U+00C0 to U+01BF, and from U+1EA0 to U+1EFF after them.
  package static let table: [Letter?] = {
    var table = [Letter?](repeating: nil, count: 0x100 + 0x60)
    for (base, quality, forms) in vowels {
      for form in forms {
        for (tone, scalar) in form.unicodeScalars.enumerated() {
          guard let index = index(scalar.value) else { continue }
          table[index] = Letter(base: UInt8(base.value), quality: quality, tone: UInt8(tone))
        }
      }
    }
    return table
  }()

  private static func index(_ value: UInt32) -> Int? {
    switch value {
    case 0xC0..<0x1C0: Int(value - 0xC0)
    case 0x1EA0..<0x1F00: Int(value - 0x1EA0 + 0x100)
    default: nil
    }
  }

  /// The letter that begins at `index` in valid UTF-8, and how many bytes it takes.
  @inline(__always)
  package static func at(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ table: [Letter?])
    -> (letter: Letter, length: Int)?
  {
    let first = bytes[index]
    if first >= 0xC3, first <= 0xC6, index + 1 < bytes.count {
      let value = Int(first & 0x1F) << 6 | Int(bytes[index + 1] & 0x3F)
      return table[value - 0xC0].map { ($0, 2) }
    }
    if first == 0xE1, index + 2 < bytes.count, bytes[index + 1] >= 0xBA, bytes[index + 1] <= 0xBB {
      let value = 0x1E80 + Int(bytes[index + 1] & 1) << 6 + Int(bytes[index + 2] & 0x3F)
      return value < 0x1EA0 ? nil : table[value - 0x1EA0 + 0x100].map { ($0, 3) }
    }
    return nil
  }

  /// Whether a dash, quotation mark or dot of U+2010–U+2027 begins at `index`; such a character stands alone
  /// and has neither case nor marks.
  @inline(__always)
  package static func isPunctuation(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80
      && bytes[index + 2] >= 0x90 && bytes[index + 2] <= 0xA7
  }
}
