import SenKernel
import Testing

@testable import Rendering

struct ProseShelfTests {
  private func key(_ text: String) -> ProseShelf.Key { ProseShelf.Key(text, "n-") }

  @Test func whatIsUsedStaysAndTheRestGoes() {
    let shelf = ProseShelf(limit: 8_000)
    func made(_ text: String) -> ProseShelf.Made {
      ProseShelf.Made(html: Array(repeating: 0x78, count: 400), media: [text])
    }
    shelf.keep(made("used"), key("used"))
    for number in 0..<100 {
      shelf.keep(made("\(number)"), key("\(number)"))
      #expect(shelf[key("used")]?.media == ["used"])
    }
    #expect(shelf[key("99")]?.media == ["99"])
    #expect(shelf[key("0")] == nil)
    // What would take the room of all others is not kept.
    let large = ProseShelf.Made(html: Array(repeating: 0x78, count: 2_000), media: [])
    shelf.keep(large, key("large"))
    #expect(shelf[key("large")] == nil)
  }
}
