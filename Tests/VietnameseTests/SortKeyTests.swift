import Foundation
import Testing
import Vietnamese

@Suite struct SortKeyTests {
  static func precedes(_ a: String, _ b: String) -> Bool {
    SortKey.make(a).lexicographicallyPrecedes(SortKey.make(b))
  }

  @Test func sortingFollowsTheVietnameseAlphabet() {
    let sorted = [
      "", " ", "2024", "a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ặ", "â", "ầ", "ậ", "b", "c", "d", "Đ", "đầm",
      "e", "ê", "f", "g", "h", "i", "ị", "j", "k", "l", "m", "n", "o", "ọ", "ô", "ộ", "ơ", "ợ", "p", "q", "r",
      "s", "t", "u", "ụ", "ư", "ự", "v", "w", "x", "y", "ỵ", "z",
    ]
    var random = Seeded(3)
    #expect(sorted.shuffled(using: &random).sorted(by: Self.precedes) == sorted)
  }

  @Test(arguments: [
    ["an", "ăn", "ân", "ba", "da", "đa", "Đà", "e", "ê", "ma", "mà", "mả", "mã", "má", "mạ", "mai", "xa"],
    ["Đà Lạt", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Em"], ["An Giang", "An Khê", "Anh", "Ăn", "Ấn Độ"],
    ["tin", "tín", "tin 1", "tin 2", "tin tức"], ["da", "dz", "đ", "đz", "e"],
    ["hoa", "Hoà", "hoá", "hoàn", "hoán"],
  ])
  func wordsComeBeforeTonesAndTonesBeforeNothing(sorted: [String]) {
    var random = Seeded(4)
    #expect(sorted.shuffled(using: &random).sorted(by: Self.precedes) == sorted)
  }

  @Test func caseAndNormalisationAreNoDifference() {
    #expect(SortKey.make("ĐÀ") == SortKey.make("đà".nfd))
    #expect(SortKey.make("QUỐC") == SortKey.make("quốc".nfd))
  }

  @Test func whatDiffersInMoreHasDifferentKeys() {
    let texts = [
      "Muller", "Müller", "ca", "ça", "한", "하", "👨‍👩‍👧", "👨‍👩‍👦", "d\u{306}", "đ", "ð", "a\u{0}", "a\u{1}", "a",
      "\r\n", "\r", "क", "कि", "a\u{301}\u{300}", "a\u{301}", "a\u{300}\u{301}", "1\u{301}", "1", "\u{301}",
    ]
    #expect(Set(texts.map(SortKey.make)).count == texts.count)
  }

  @Test func keysAreEqualForNoOtherReason() {
    var random = Seeded(5)
    func lower(_ text: String) -> String {
      String(
        String.UnicodeScalarView(
          text.nfd.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }))
    }
    for _ in 0..<20_000 {
      let text = String.random(&random)
      #expect(SortKey.make(text) == SortKey.make(text.nfd))
      var changed = Array(text.unicodeScalars)
      guard let place = changed.indices.randomElement(using: &random) else { continue }
      changed[place] = "ạ"
      let other = String(String.UnicodeScalarView(changed))
      let isSame = lower(text).bytes == lower(other).bytes
      #expect((SortKey.make(text) == SortKey.make(other)) == isSame)
    }
  }
}
