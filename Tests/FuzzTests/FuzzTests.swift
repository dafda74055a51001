import Foundation
import Testing

/// The short form of `make fuzz`: what was found before, and some hundred damaged inputs for each reader.
struct FuzzTests {
  /// So many damaged inputs a reader, and fewer where each of them asks a database or decodes a picture.
  private static let most = 150
  private static let dear: Set<String> = ["archive", "picture", "search", "sitefilter", "import", "command"]

  @Test(.timeLimit(.minutes(20)), arguments: Reader.all.map(\.name))
  func whateverComesIsReadOrRefused(name: String) throws {
    let reader = try #require(Reader.named(name))
    let read = try reader.open()
    let seeds = try Seeds.kept(reader) + Seeds.made(reader)
    try #require(!seeds.isEmpty, "\(name) has no seed")
    func attempt(_ input: [UInt8], _ what: String) {
      do {
        try read(input)
      } catch {
        Issue.record(
          "\(what) of \(name): \(error); the input in base64: \(Data(input).base64EncodedString())")
      }
    }
    for (number, seed) in seeds.enumerated() { attempt(seed, "seed \(number)") }
    var damage = Damage(state: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ UInt32($1) }))
    for number in 0..<(Self.dear.contains(name) ? Self.most / 5 : Self.most) {
      let seed = seeds.randomElement(using: &damage) ?? []
      let input = damage.spoiled(seed, words: reader.words, others: seeds)
      attempt(Array(input.prefix(reader.most)), "damaged input \(number)")
    }
  }

  /// A name that no reader has would keep its inputs from ever being tried.
  @Test func everyFolderOfInputsBelongsToAReader() throws {
    let names = Set(Reader.all.map(\.name))
    for folder in ["Seeds", "Found"] {
      let found = try FileManager.default.contentsOfDirectory(
        atPath: Seeds.folder.appending(path: folder).path)
      #expect(Set(found).isSubset(of: names), "\(folder)")
    }
  }
}
