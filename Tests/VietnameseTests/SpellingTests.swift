import Foundation
import Testing
import Vietnamese

@Suite struct SpellingTests {
  @Test(arguments: [
    ("Hội nghị", "hoi nghi"), ("ĐƯỜNG", "duong"), ("hòa", "hoa"), ("hoà", "hoa"),
    ("490/QĐ-TTg", "490/qd-ttg"),
    ("plain ASCII", "plain ascii"), ("", ""), ("Straße", "straße"), ("日本", "日本"),
  ])
  func foldingDropsCaseMarksAndDStroke(text: String, expected: String) {
    #expect(Folding.fold(text) == expected)
    #expect(Folding.fold(text.decomposedStringWithCanonicalMapping) == expected)
  }

  @Test(arguments: [
    ("Hội nghị tổng kết năm 2024!", "hoi-nghi-tong-ket-nam-2024"), ("  --Đà Nẵng--  ", "da-nang"),
    ("Quyết định 490/QĐ-TTg", "quyet-dinh-490-qd-ttg"), ("🌾", ""), ("a\u{0}b", "a-b"),
  ])
  func slugsAreFoldedWords(title: String, slug: String) {
    #expect(Slugs.make(title) == slug)
    #expect(slug.isEmpty || Slugs.isSlug(slug))
  }

  @Test func slugsAreCutAtAWord() {
    #expect(Slugs.make("mỗi xã một sản phẩm", longest: 12) == "moi-xa-mot")
    #expect(Slugs.make(String(repeating: "a", count: 300)).utf8.count == Slugs.longest)
  }

  @Test func sortingFollowsTheVietnameseAlphabet() {
    let sorted = ["an", "ăn", "ân", "ba", "da", "đa", "Đà", "e", "ê", "ma", "mà", "má", "mạ", "mai", "xa"]
    let shuffled = sorted.shuffled().sorted {
      SortKey.make($0).lexicographicallyPrecedes(SortKey.make($1))
    }
    #expect(shuffled == sorted)
    #expect(SortKey.make("ĐÀ") == SortKey.make("đà".decomposedStringWithCanonicalMapping))
  }
}
