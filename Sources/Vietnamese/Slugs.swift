/// Slugs of Vietnamese titles: `Hội nghị tổng kết năm 2024!` → `hoi-nghi-tong-ket-nam-2024`.
public enum Slugs {
  /// The longest slug that is made, in bytes.
  public static let longest = 120

  /// A slug of `title`: folded to ASCII letters and digits, everything else one `-`, cut at a word.
  /// Empty where the title has no letter or digit that ASCII can carry (an emoji, say).
  public static func make(_ title: String, longest: Int = longest) -> String {
    var slug: [UInt8] = []
    // Where the slug ends if the word that is being read does not fit.
    var end = 0
    for byte in Folding.fold(title).utf8 {
      let isWord = byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
      if isWord {
        slug.append(byte)
        if slug.count > longest {
          return String(decoding: slug[..<(end == 0 ? longest : end)], as: UTF8.self)
        }
      } else if let last = slug.last, last != 0x2D {
        end = slug.count
        slug.append(0x2D)
      }
    }
    if slug.last == 0x2D { slug.removeLast() }
    return String(decoding: slug, as: UTF8.self)
  }

  /// Whether `text` is a slug: lower-case ASCII letters and digits in words joined by single `-`.
  public static func isSlug(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.first != 0x2D, text.utf8.last != 0x2D else { return false }
    var previous: UInt8 = 0
    for byte in text.utf8 {
      let isWord = byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
      guard isWord || (byte == 0x2D && previous != 0x2D) else { return false }
      previous = byte
    }
    return true
  }
}
