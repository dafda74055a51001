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
}
