import Foundation
import News
import SenTesting
import Testing

/// `Docs/Formats.md` is held by what it shows: files of an archive, and what commands say of the site in it.
struct FormatsDocumentTests {
  /// The blocks of the document by what stands behind their language: a path, or a command.
  private static func blocks() throws -> [String: String] {
    let text = try String(contentsOf: RoomsTests.root.appending(path: "Docs/Formats.md"), encoding: .utf8)
    var blocks: [String: String] = [:]
    var name: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        // The end of a block, or a block without a name.
        let words = line.split(separator: " ", maxSplits: 1)
        name = name == nil && words.count == 2 ? String(words[1]) : nil
        if let name { blocks[name] = "" }
      } else if let name {
        blocks[name, default: ""] += "\(line)\n"
      }
    }
    return blocks
  }

  @Test func theExampleIsReadAndWrittenAsShown() throws {
    let blocks = try Self.blocks()
    let files = blocks.filter { !$0.key.hasPrefix("sen ") }
    #expect(files.count == 7)
    let test = try TestSite([NewsPlugin()])
    let (shown, written) = ("\(test.folder)/shown", "\(test.folder)/written")
    for (path, text) in files {
      let place = URL(filePath: "\(shown)/\(path)")
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    try test.run("import archive \(shown)")
    try test.run("export archive --to \(written)")
    for (path, text) in files {
      #expect(try String(contentsOfFile: "\(written)/\(path)", encoding: .utf8) == text, "\(path)")
    }
    let found = FileManager.default.enumerator(atPath: written)?.compactMap { $0 as? String } ?? []
    #expect(Set(found.filter { $0.contains(".") }) == Set(files.keys))

    let commands = blocks.filter { $0.key.hasPrefix("sen ") }
    #expect(commands.count == 3)
    for (command, text) in commands {
      #expect(try test.run(String(command.dropFirst(4))) == text, "\(command)")
    }
  }
}
