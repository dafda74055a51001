import Foundation
import Testing

@testable import Rendering

struct HeadTests {
  @Test func aDescriptionIsCutAtAWordAndOnlyWhereItIsLong() {
    #expect(Head.short(" Lúa \n\n mới ") == "Lúa mới")
    let words = Array(repeating: "nông", count: 100)
    let long = Head.short(words.joined(separator: " "))
    #expect(long == Array(repeating: "nông", count: 33).joined(separator: " ") + "…")
    // However much white space is between them.
    #expect(Head.short(words.joined(separator: String(repeating: " \n", count: 50))) == long)
    let few = words.prefix(30).joined(separator: String(repeating: " ", count: 90))
    #expect(Head.short(few) == Array(repeating: "nông", count: 30).joined(separator: " "))
  }

  /// By characters, of however many scalars they are.
  @Test(arguments: [
    "Nước về đồng sau những ngày hạn. ", "Nước về đồng. ".decomposedStringWithCanonicalMapping,
    "👩‍🌾 trồng lúa ",
    "kéo\u{AD}dài – “nháy” … ", "밭에 물 ", "Liềnmộtmạch", "a\u{300}\u{301}b ",
  ])
  func aLongOneIsCutWhereItsCharactersSay(_ words: String) {
    let text = String(repeating: words, count: 200 / words.count + 2)
    #expect(Head.short(text) == Head.cut(text.trimmingCharacters(in: .whitespaces), to: 165))
  }
}
