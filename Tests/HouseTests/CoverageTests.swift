import ContentModel
import Foundation
import Grammar
import SenKernel
import Testing

/// A command that no test runs, or that no document tells of, is not done.
struct CoverageTests {
  /// All test sources, as one text.
  private static func sources() throws -> String {
    let folder = RoomsTests.root.appending(path: "Tests").path
    return try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") && !$0.hasSuffix("CoverageTests.swift") }
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined(separator: "\n")
  }

  @Test func everyCommandIsRunByATest() throws {
    let text = try Self.sources()
    let registry = try Registry(allPlugins)
    let content = Set(registry.shapes.map(\.name))
    for spec in CommandTable(registry).commands.map(\.spec) {
      // What every noun has is tested with any of them; a noun's own verb with it.
      let nouns = content.contains(spec.noun) ? content.sorted() : [spec.noun]
      let isRun = nouns.contains { noun in
        let words = [noun, spec.verb].filter { !$0.isEmpty }.joined(separator: " ")
        return text.contains("\"\(words)") || text.contains(" \(words) ")
      }
      #expect(isRun, "no test runs “\(spec.path)”")
    }
  }

  @Test func everyCommandIsInTheReferenceAndEveryNounInTheHandbookOrThere() throws {
    let reference = try String(
      contentsOf: RoomsTests.root.appending(path: "Docs/Commands.md"), encoding: .utf8)
    for spec in CommandTable(try Registry(allPlugins)).commands.map(\.spec) where !spec.isHidden {
      #expect(reference.contains("### `\(spec.path)`"), "\(spec.path)")
    }
  }

  @Test func everyFormatOfExportAndImportIsInTheFormatsPage() throws {
    let page = try String(contentsOf: RoomsTests.root.appending(path: "Docs/Formats.md"), encoding: .utf8)
    for word in ["archive", "NDJSON", "JSON", "CSV", "NukeViet"] { #expect(page.contains(word)) }
  }

  @Test func everySettingIsRunByATest() throws {
    let text = try Self.sources()
    for field in Shape(SiteSettings.self, name: "config", help: "").fields {
      #expect(
        text.contains("config set \(field.name) ") || text.contains("config get \(field.name)"),
        "\(field.name)")
    }
  }
}
