import Storage
import Testing

/// How much of a search is looked for.
struct SearchTermsTests {
  @Test func soManyWordsAreLookedForEachOnce() {
    let words = (1...300).map { "w\($0)*" }.joined(separator: " ")
    #expect(Search(words).terms.count == Search.mostTerms)
    #expect(Search(words).isCut)
    let same = Search(Array(repeating: "a*", count: 300).joined(separator: " "))
    #expect(same.terms.count == 1 && !same.isCut)
    #expect(Search(String(repeating: "a", count: 3000)).isCut)
    #expect(!Search("a b \"c d\"").isCut)
  }
}
