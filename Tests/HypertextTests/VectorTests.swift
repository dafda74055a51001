import Testing

@testable import Hypertext

/// Nothing that runs gets through, and nothing that a browser would read otherwise than it was meant.
@Suite struct VectorTests {
  private let cleaners = [Sanitizer(), Sanitizer(.visitors)]

  @Test(arguments: Vectors.files)
  func noKnownTrickGetsThrough(file: String) throws {
    let vectors = try Vectors.of(file)
    #expect(vectors.count > 90)
    for vector in vectors {
      for around in [
        "#", "<table><tr><td>#</table>", "<ul><li><a href=/>#", "<svg><desc>#", "<pre>\n#", "<p>a#b</p>",
      ] {
        hold(around.replacing("#", with: vector))
      }
    }
  }

  @Test func noOrderOfTagsGetsThrough() {
    var random = Seeded(state: 7)
    for _ in 0..<3000 { hold(Soup.of(Int.random(in: 1...40, using: &random), &random)) }
  }

  private func hold(_ source: String) {
    for sanitizer in cleaners {
      let clean = sanitizer.clean(source)
      let problems = Inspection(clean.text).problems
      #expect(
        problems.isEmpty,
        "\(source.debugDescription) becomes \(clean.text.debugDescription), which \(problems.joined(separator: ", "))"
      )
      let again = sanitizer.clean(clean.text)
      #expect(
        again == clean,
        "\(source.debugDescription) is cleaned twice to \(again.text.debugDescription), once to \(clean.text.debugDescription)"
      )
    }
  }
}
