import Foundation
import Testing
import Vietnamese

@Suite struct SpellingTests {
  @Test(arguments: [
    ("Hội nghị", "hoi nghi"), ("ĐƯỜNG", "duong"), ("hòa", "hoa"), ("hoà", "hoa"), ("quý", "quy"),
    ("qúy", "quy"), ("QUỐC", "quoc"), ("490/QĐ-TTg", "490/qd-ttg"), ("Ðà Nẵng", "da nang"),
    ("plain ASCII", "plain ascii"), ("", ""), ("Straße", "straße"), ("日本", "日本"), ("İ", "i"), ("K", "k"),
    ("a\u{0}b", "a\u{0}b"), ("\u{0301}", ""), ("한국", "한국".nfd), ("🌾", "🌾"),
  ])
  func foldingDropsCaseMarksAndDStroke(text: String, expected: String) {
    #expect(Folding.fold(text).bytes == expected.bytes)
    #expect(Folding.fold(text.nfd).bytes == expected.bytes)
  }

  @Test func foldingOfEveryLetterIsStable() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = Folding.fold(String(scalar))
      #expect(Folding.fold(folded).bytes == folded.bytes, "U+\(String(value, radix: 16))")
    }
  }

  @Test(arguments: [
    ("Hòa", "hoà"), ("thủy", "THUỶ"), ("khỏe", "khoẻ"), ("tòa án", "toà án"), ("hoá học", "hóa học".nfd),
  ])
  func tonePlacementIsNoDifference(one: String, other: String) {
    #expect(Spelling.key(one) == Spelling.key(other))
  }

  @Test func accentsAreADifference() {
    let words = ["hoa", "hóa", "hòa", "hỏa", "họa", "hoả ", "hôa", "quý", "qui", "quy", "đa", "da"]
    #expect(Set(words.map(Spelling.key)).count == words.count)
    #expect(Spelling.key("má a") != Spelling.key("ma á"))
  }

  @Test(arguments: [
    ("Hội nghị tổng kết năm 2024!", "hoi-nghi-tong-ket-nam-2024"), ("  --Đà Nẵng--  ", "da-nang"),
    ("Quyết định 490/QĐ-TTg", "quyet-dinh-490-qd-ttg"), ("🌾", ""), ("a\u{0}b", "a-b"), ("", ""), ("---", ""),
    ("Giá lúa: 7.500đ/kg", "gia-lua-7-500d-kg"), ("C++ & C#", "c-c"), ("Mỗi\nxã\tmột", "moi-xa-mot"),
    ("ðại học", "dai-hoc"), ("日本 2024", "2024"),
  ])
  func slugsAreFoldedWords(title: String, slug: String) {
    #expect(Slugs.make(title) == slug)
    #expect(Slugs.make(title.nfd) == slug)
    #expect(slug.isEmpty || Slugs.isSlug(slug))
  }

  @Test func slugsAreCutAtAWord() {
    #expect(Slugs.make("mỗi xã một sản phẩm", longest: 12) == "moi-xa-mot")
    #expect(Slugs.make("mỗi xã một sản phẩm", longest: 10) == "moi-xa-mot")
    #expect(Slugs.make("mỗi xã một sản phẩm", longest: 9) == "moi-xa")
    #expect(Slugs.make("nghiêng", longest: 3) == "ngh")
    #expect(Slugs.make(String(repeating: "a", count: 300)).utf8.count == Slugs.longest)
  }

  @Test(arguments: ["", "-", "-a", "a-", "a--b", "A", "á", "a b", "a_b", "đ", "a\u{301}", "a/b"])
  func whatIsNoSlugIsNotTakenForOne(text: String) {
    #expect(!Slugs.isSlug(text))
  }

  @Test func normalisingNeverSkipsWhatNeedsIt() {
    var random = Seeded(1)
    for value in UInt32(0)..<0x11_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      guard Normalization.nfc(text).bytes == text.nfc.bytes else {
        Issue.record("U+\(String(value, radix: 16))")
        return
      }
    }
    for _ in 0..<20_000 {
      let text = String.random(&random)
      let normal = Normalization.nfc(text)
      #expect(normal == text, "Swift compares by canonical equivalence")
      #expect(Normalization.nfc(normal).bytes == normal.bytes)
      if text.unicodeScalars.allSatisfy({ $0.value < 0x1_0000 }) { #expect(normal.bytes == text.nfc.bytes) }
    }
    #expect(Normalization.nfc("o\u{1014D}\u{300}\u{323}o\u{300}").bytes == "o\u{1014D}\u{323}\u{300}ò".bytes)
    #expect(Normalization.nfc("\u{11099}\u{110BA}🌾e\u{302}\u{301}").bytes == "\u{1109A}🌾ế".bytes)
  }

  /// One in a single piece would not come back.
  @Test(
    .timeLimit(.minutes(5)), arguments: ["tiếng ", "ế", "ế😀", "がぎ", "각", "ế中", "क़\u{93C}"])
  func aLongTextIsNormalisedPieceByPiece(word: String) {
    let count = 3_000_000 / word.nfd.utf8.count
    let text = String(repeating: word.nfd, count: count)
    let expected = String(repeating: Normalization.nfc(word), count: count)
    #expect(Normalization.nfc(text).utf8.elementsEqual(expected.utf8))
    #expect(Folding.fold(text).utf8.elementsEqual(Folding.fold(expected).utf8))
  }

  @Test(.timeLimit(.minutes(5))) func marksOfOneLetterArePutInOrderAtOnce() {
    let count = 500_000
    let text = "e" + String(repeating: "\u{301}\u{323}", count: count)
    let (dots, acutes) = (
      String(repeating: "\u{323}", count: count - 1), String(repeating: "\u{301}", count: count)
    )
    #expect(Normalization.nfc(text).utf8.elementsEqual(("ẹ" + dots + acutes).utf8))
    #expect(Folding.fold(text) == "e")
  }

  /// Pieces end before a letter only, wherever they would end.
  @Test func noPieceEndsWithinALetter() {
    var random = Seeded(3)
    for _ in 0..<2_000 {
      let word = String.random(&random).nfd
      let padding = String(repeating: "a", count: Int.random(in: 490...512, using: &random))
      let text = padding + word + "x" + padding + word + "x"
      // A word that begins with a mark is of one letter with what stands before it.
      let expected = String(padding.dropLast()) + Normalization.nfc("a" + word + "x")
      #expect(Normalization.nfc(text).bytes == (expected + expected).bytes)
    }
  }

  @Test func anyStringFoldsAndNormalisesAlikeInBothForms() {
    var random = Seeded(2)
    for _ in 0..<20_000 {
      let text = String.random(&random)
      let normal = Normalization.nfc(text)
      #expect(Folding.fold(normal).bytes == Folding.fold(text.nfd).bytes)
      #expect(Spelling.key(normal) == Spelling.key(text.nfd))
      let slug = Slugs.make(text)
      #expect(slug.isEmpty || Slugs.isSlug(slug))
      #expect(slug == Slugs.make(text.nfd))
    }
  }
}
