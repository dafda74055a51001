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

  @Test func styleSheetsLeadToTheFilesThatTheyName() throws {
    let site = try ThemeSite(isFilled: false)
    func sheet(_ font: String, _ colours: String) -> String {
      """
      @import "\(colours)"; @IMPORT URL( '\(colours)' );
      @font-face { src: url(\(font)) format("woff2"), url("\(font)?#iefix"); }
      /* url(chu.woff2) */ a { background: url(data:image/gif;base64,R0) , url(missing.png), url(\(font)
      """
    }
    try write(sheet("chu.woff2", "colours.css"), to: "style.css", of: site)
    try write("p { cursor: url( \"chu.woff2\" ) }", to: "colours.css", of: site)
    try write("@import 'b.css'", to: "a.css", of: site)
    try write("@import 'a.css'", to: "b.css", of: site)
    try write("chữ", to: "chu.woff2", of: site)
    let maker = try site.maker()
    func name(_ file: String) -> String { String(maker.path(ofFile: file).dropFirst("/site/theme/".count)) }
    func text(_ file: String) throws -> String {
      String(decoding: try #require(maker.themeFile(name(file))), as: UTF8.self)
    }
    let font = name("chu.woff2")
    #expect(font.wholeMatch(of: /chu\.[a-z0-9]+\.woff2/) != nil)
    #expect(try text("style.css") == sheet(font, name("colours.css")))
    #expect(try text("colours.css") == "p { cursor: url( \"\(font)\" ) }")
    // Of two in a circle one has no name of the other's that it could be called by.
    #expect(try text("b.css") == "@import 'a.css'" && text("a.css") == "@import '\(name("b.css"))'")
    // Another font is another sheet.
    try write("chữ khác", to: "chu.woff2", of: site)
    #expect(try site.maker().path(ofFile: "style.css") != maker.path(ofFile: "style.css"))
  }

  @Test func aPageThatSaysWhatDayItIsIsMadeAnewTheNext() throws {
    let site = try ThemeSite(isFilled: false)
    func expiry() throws -> Date? {
      let maker = try site.maker()
      return try site.test.site.read { db in
        guard case .page(let made) = try maker.answer(.front, db, now: site.test.site.clock()) else {
          return nil
        }
        return made.trace.expiry
      }
    }
    #expect(try expiry() == nil)
    try write("{{{content}}}{{today.day}}", to: "layout.mustache", of: site)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = site.test.site.timeZone
    #expect(try expiry() == calendar.dateInterval(of: .day, for: site.test.site.clock())?.end)
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
