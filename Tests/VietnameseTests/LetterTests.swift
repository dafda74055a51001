import Foundation
import Testing

@testable import Vietnamese

/// The table of letters is a short cut; what it gives has to be what Unicode gives.
@Suite struct LetterTests {
  static let texts: [String] = {
    let letters = (0x20...0x24F).map(\.self) + Array(0x1E00...0x1EFF) + Array(0x2000...0x203F)
    let single = letters.compactMap { Unicode.Scalar($0).map { "x\($0)Y" } }
    let words = [
      "", "Hội nghị tổng kết “năm 2024” – ĐƯỜNG hoà", "a\r\nb", "a\u{301}\u{302}b", "e\u{0}", "Ða", "日本 ấ",
      "đ\u{301}", "ẞß", "\u{301}x", "👩‍🌾 lúa", "-- 490/QĐ-TTg…",
    ]
    return single + words + words.map(\.decomposedStringWithCanonicalMapping)
  }()

  @Test(arguments: texts) func sortKeysAreTheSameWithAndWithoutTheTable(text: String) {
    #expect(SortKey.make(text) == SortKey.general(text))
  }

  @Test(arguments: texts) func foldingIsTheSameWithAndWithoutTheTable(text: String) {
    #expect(Folding.fold(text) == Folding.general(text))
  }

  @Test(arguments: texts) func spellingsAreTheSameWithAndWithoutTheTable(text: String) {
    #expect(Array(Spelling.key(text).utf8) == Array(Spelling.general(text).utf8))
  }
}
