import Foundation
import SenKernel
import SenTesting
import Testing

/// The big list of naughty strings (https://github.com/minimaxir/big-list-of-naughty-strings), where the data folder is
/// at hand, through every field of some plugins, into archives and open formats and back.
@Suite struct NaughtyStringsTests {
  static let strings: [String] = {
    let path = RoomsTests.root.deletingLastPathComponent().appending(
      path: "shared/data/strings/blns/blns.json")
    guard let data = try? Data(contentsOf: path) else { return [] }
    let strings = (try? JSONSerialization.jsonObject(with: data)) as? [String] ?? []
    // A title cannot be blank; NUL is refused everywhere.
    return strings.filter { text in
      !text.unicodeScalars.contains("\0") && text.contains { !$0.isWhitespace }
    }
  }()

  @Test(
    .disabled(if: strings.isEmpty, "../shared/data is not at hand"),
    arguments: ["news", "pages", "questions"])
  func everyStringOfTheListGoesThroughEveryField(name: String) throws {
    let plugin = try #require(allPlugins.first { $0.name == name })
    let problems = try Conformance.problems(of: plugin, texts: Self.strings)
    #expect(problems == [], "\(problems.prefix(10))")
  }
}
