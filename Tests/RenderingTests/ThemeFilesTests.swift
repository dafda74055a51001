import Foundation
import Grammar
import SenKernel
import SenTesting
import Testing

@testable import Rendering

/// The files that Sen's theme is made of, and those of a site.
@Suite struct ThemeFilesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Rendering/Theme").path

  @Test func theProgramHasEveryFileOfTheFolderAndNoOther() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
    #expect(DefaultTheme.everything.map(\.name).sorted() == names)
    for (name, bytes) in DefaultTheme.everything {
      #expect(try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)")) == Data(bytes), "\(name)")
    }
  }

  @Test func everyPartAndEveryWordThatATemplateNamesIsThere() throws {
    let vietnamese = Words(language: "vi")
    for (name, source) in DefaultTheme.templates {
      for match in source.matches(of: /\{\{[<>]\s*([a-z-]+)/) {
        #expect(DefaultTheme.templates[String(match.output.1)] != nil, "\(name): \(match.output.1)")
      }
      for match in source.matches(of: /words\.([A-Za-z0-9-]+)/) {
        #expect(vietnamese[String(match.output.1)] != nil, "\(name): \(match.output.1)")
      }
    }
  }

  @Test func everyBlockOfTheProgramHasATemplate() throws {
    let site = try ThemeSite(isFilled: false)
    for block in site.test.site.registry.blocks {
      #expect(DefaultTheme.templates["block-\(block.name)"] != nil, "\(block.name)")
    }
  }

  @Test func aFaultIsToldWithTheLineThatItsAuthorSees() throws {
    let site = try ThemeSite(isFilled: false)
    try write("<p>\n\n  \n\n\n\n{{/x}}\n\n", to: "page.mustache", of: site)
    #expect { try site.maker() } throws: {
      "\($0)" == "theme/page.mustache: line 7: {{/x}} stands where nothing ends"
    }
  }

  @Test func aPartThatNamesItselfTwiceIsRefusedAndNamed() throws {
    let site = try ThemeSite(isFilled: false)
    try write("{{>related}}", to: "notice.mustache", of: site)
    try write("{{>related}}x{{>related}}", to: "related.mustache", of: site)
    #expect { try site.notice("missing", of: site.maker()) } throws: {
      let refusal = $0 as? Refusal
      return refusal?.message
        == "theme/related.mustache: takes more than 2000000 steps to write, as part of notice.mustache"
        && refusal?.hint?.contains("Mend it in theme/ of the site") == true
    }
  }

  private func write(_ text: String, to name: String, of site: ThemeSite) throws {
    let folder = "\(site.test.folder)/theme"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  @Test func theThemeIsExportedOnceAndAsItIs() throws {
    let site = try ThemeSite(isFilled: false)
    let before = try site.page("/", of: site.maker())
    let count = DefaultTheme.everything.count
    let folder = "\(site.test.folder)/theme"
    #expect(try export(site, "theme export --dry-run") == "Dry run: would have written \(count) files")
    #expect(!FileManager.default.fileExists(atPath: folder))
    #expect(try export(site, "theme export") == "Wrote \(count) files to \(folder)")
    #expect(try site.page("/", of: site.maker()) == before)
    // What somebody has changed stays, and counts.
    try "<h1>Của tôi</h1>".write(toFile: "\(folder)/notice.mustache", atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: "\(folder)/page.mustache")
    #expect(
      try export(site, "theme export") == "Wrote 1 file to \(folder); left \(count - 1) files that were there"
    )
    #expect(try site.notice("missing", of: site.maker()).contains("<h1>Của tôi</h1>"))
    let elsewhere = "\(site.test.folder)/khac"
    #expect(try export(site, "theme export \(elsewhere)") == "Wrote \(count) files to \(elsewhere)")
  }

  @Test func aFileOfAnItemIsGivenByTheItemsName() throws {
    let site = try ThemeSite()
    let name = try site.test.run("photo show ruong --field file")
    #expect(try site.test.run("article show nuoc-sach --field cover") == name)
    #expect(site.test.refusal("article set nuoc-sach cover=photo:khong-co")?.code == .notFound)
    #expect(
      site.test.refusal("article set nuoc-sach cover=category:nong-thon-moi")?.message.contains("no file")
        == true)
  }

  /// What the command says.
  private func export(_ site: ThemeSite, _ line: String) throws -> String {
    let table = CommandTable(site.test.site.registry, more: [ThemeCommands.export])
    let output = MemoryOutput()
    let invocation = try table.grammar.parse(words: Line.parse(line).words)
    try table.command(invocation).run(
      CommandContext(invocation, grammar: table.grammar, site: site.test.site, output: output))
    return output.notes.joined(separator: "\n")
  }
}
