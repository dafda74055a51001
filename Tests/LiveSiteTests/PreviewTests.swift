import Foundation
import Gallery
import News
import Polls
import SenKernel
import SenTesting
import Testing
import Visits
import Web

@testable import LiveSite

/// A link shows one item to whoever has it, for a time, and nothing else to anybody.
struct PreviewTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin(), PollsPlugin(), GalleryPlugin(), VisitsPlugin()]) { clock.now }
    try site.run("category create 'Tin tức' --state published")
    try site.run("article create 'Bản nháp' --category tin-tuc --summary 'Chưa ai thấy' --body 'Nội dung.'")
    live = try LiveSite(site)
  }

  /// What `sen … preview …` writes.
  private func preview(_ line: String, as actor: String? = nil) throws -> String {
    let registry = site.site.registry
    let table = CommandTable(registry, more: PreviewCommand.all(registry))
    let invocation = try table.grammar.parse(words: Line.parse(line).words)
    let output = MemoryOutput()
    let context = CommandContext(
      invocation, grammar: table.grammar, site: actor.map { site.site.acting(as: $0) } ?? site.site,
      output: output)
    try table.command(invocation).run(context)
    return output.text.trimmingCharacters(in: .newlines)
  }

  @Test func aDraftIsSeenByItsLinkAlone() throws {
    let link = try preview("article preview ban-nhap")
    #expect(link.hasPrefix("/preview/") && link.hasSuffix("/"))
    let page = try live.get(link)
    #expect(page.status == 200)
    #expect(page.text.contains("Chưa ai thấy"))
    #expect(page.text.contains("Bản xem trước"))
    #expect(page.text.contains("30/11/2026 17:00"))
    #expect(page.text.contains("noindex"))
    #expect(page.headers["Cache-Control"] == "no-store")
    #expect(page.headers["X-Robots-Tag"] == "noindex")
    #expect(page.headers["Referrer-Policy"] == "no-referrer")
    #expect(!page.text.contains("<form"))
    #expect(!page.text.contains("rel=\"canonical\""))
    #expect(try !live.isReady(link))
    #expect(try live.get("/article/ban-nhap/").status == 404)
    #expect(try live.post("/article/ban-nhap/rate", [("points", "5")]).status == 404)
    #expect(try live.post(link, [("points", "5")]).status == 404)
  }

  @Test func theWholeListOnThePageIsSeenByItsLink() throws {
    try site.run("category create 'Sắp mở' --slug sap-mo")
    for number in 1...21 {
      try site.run("article create 'Tin \(number)' --category sap-mo --state published")
    }
    let link = try preview("category preview sap-mo")
    let first = try live.get(link).text
    #expect(first.contains("href=\"\(link)2/\" rel=\"next\"") && !first.contains("/category/sap-mo/2/"))
    let second = try live.get("\(link)2/")
    #expect(second.status == 200 && second.text.contains("Bản xem trước"))
    #expect(second.text.contains("href=\"\(link)\" rel=\"prev\""))
    #expect(second.headers["Cache-Control"] == "no-store")
    let seen = [first, second.text].flatMap {
      $0.matches(of: /href="\/article\/(tin-\d+)\/"/).map { $0.output.1 }
    }
    #expect(Set(seen).count == 21)
    for part in ["0", "1", "3", "02", "x"] {
      #expect(try live.get("\(link)\(part)/").status == 404, "\(part)")
    }
  }

  @Test func aLinkEndsByTimeAndByDeleting() throws {
    let link = try preview("article preview ban-nhap --for 3h")
    clock.move(by: 3 * 3600 - 1)
    #expect(try live.get(link).status == 200)
    // Changing the item keeps it, another slug too.
    try site.run("article set ban-nhap slug=ten-khac title='Tên khác'")
    #expect(try live.get(link).text.contains("Tên khác"))
    try site.run("article delete ten-khac")
    #expect(try live.get(link).status == 404)
    try site.run("article restore ten-khac")
    #expect(try live.get(link).status == 200)
    clock.move(by: 1)
    #expect(try live.get(link).status == 404)
  }

  @Test func scheduledAndExpiredItemsAreShown() throws {
    try site.run("article publish ban-nhap --at 2026-12-24T00:00:00Z")
    let link = try preview("article preview ban-nhap --for 30d")
    #expect(try live.get(link).text.contains("Chưa ai thấy"))
    try site.run("article set ban-nhap publishAt=2026-11-01T00:00:00Z expireAt=2026-11-02T00:00:00Z")
    #expect(try live.get("/article/ban-nhap/").status == 410)
    #expect(try live.get(link).status == 200)
  }

  @Test func anyOtherTokenIsNothing() throws {
    let link = try preview("article preview ban-nhap")
    let missing = try live.get("/preview/abc/")
    #expect(missing.status == 404)
    let parts = link.split(separator: "/")[1].split(separator: ".").map(String.init)
    let uid = try site.run("article show ban-nhap --field uid").trimmingCharacters(in: .newlines)
    let form = try live.responder.signer.token(for: uid, purpose: "form", until: .distantFuture)
    let foreign = try SignedValues(key: Array(repeating: 7, count: 32)).token(
      for: uid, purpose: "preview", until: clock.now.addingTimeInterval(60))
    for token in [
      "\(parts[0]).\(parts[1]).AAAA", "\(parts[0]).9999999999.\(parts[2])", "\(parts[0])..\(parts[2])", form,
      foreign,
      "\(parts[0]).\(parts[1]).\(parts[2])x",
    ] {
      let answer = try live.get("/preview/\(token)/")
      #expect(answer.status == 404 && answer.text == missing.text, "\(token)")
    }
    #expect(try live.get("/preview/").status == 404)
    #expect(try live.get(link + "2/").status == 404)
    #expect(try live.get(link + "media/").status == 404)
  }

  @Test func filesOfTheDraftComeWithItAndNoOthers() throws {
    for (index, title) in ["Nháp có ảnh", "Nháp khác"].enumerated() {
      let picture = "\(site.folder)/\(index).jpg"
      try site.site.pictures.draw(seed: UInt64(index), width: 900, height: 600).write(
        to: URL(filePath: picture))
      try site.run("article create '\(title)' --body x --cover \(picture)")
    }
    _ = try PublishedSizes.makeMissing(site.site) { _ in }
    let names = try ["nhap-co-anh", "nhap-khac"].map {
      try site.run("article show \($0) --field cover").trimmingCharacters(in: .newlines)
    }
    let link = try preview("article preview nhap-co-anh")
    let own = "\(link)media/\(names[0].prefix(64))/480.jpg"
    #expect(try live.get(link).text.contains(own))
    let file = try live.get(own)
    #expect(file.status == 200 && file.headers["Cache-Control"] == "no-store")
    #expect(try live.get("/media/\(names[0].prefix(64))/480.jpg").status == 404)
    #expect(try live.get("\(link)media/\(names[1].prefix(64))/480.jpg").status == 404)
    // The original has where it was taken in it.
    #expect(try live.get("\(link)media/\(names[0])").status == 404)
    #expect(throws: WebProblem.self) { try live.get("\(link)media/../site.db") }
    try site.run("article delete nhap-co-anh")
    #expect(try live.get(own).status == 404)
  }

  @Test func aThemeThatSaysNothingSaysItStill() throws {
    let theme = site.folder + "/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data("<html><body class=\"x\">{{content}}</body></html>".utf8).write(
      to: URL(filePath: "\(theme)/layout.mustache"))
    let page = try live.get(preview("article preview ban-nhap"))
    #expect(page.text.hasPrefix("<html><body class=\"x\"><p role=\"status\">Bản xem trước"))
  }

  @Test func nobodyIsCounted() throws {
    _ = try WebRequest(.get, "/")
    let agent: WebHeaders = ["User-Agent": "Mozilla/5.0 Firefox/140.0"]
    _ = try live.get(preview("article preview ban-nhap"), headers: agent)
    live.responder.close()
    #expect(try site.run("visits show --format csv --fields today,total") == "today,total\n0,0\n")
  }

  @Test func onlyWhoHasAHandInItMakesALink() throws {
    try site.run("user create chu --role administrator")
    try site.run("user create lan --role author", MemoryOutput(), as: "chu")
    try site.run("user create binh --role editor", MemoryOutput(), as: "chu")
    try site.run("article create 'Của Lan' --body x", MemoryOutput(), as: "lan")
    #expect(try preview("article preview cua-lan", as: "lan").hasPrefix("/preview/"))
    #expect(try preview("article preview ban-nhap", as: "binh").hasPrefix("/preview/"))
    for (actor, slug) in [("lan", "ban-nhap"), ("nobody", "cua-lan")] {
      #expect { try preview("article preview \(slug)", as: actor) } throws: {
        ($0 as? Refusal)?.code == .declined
      }
    }
  }

  @Test func theCommandSaysWhatItCannotDo() throws {
    try site.run("config set address https://nongthon.example.vn/")
    #expect(try preview("article preview ban-nhap").hasPrefix("https://nongthon.example.vn/preview/"))
    for line in [
      "article preview ban-nhap --for 31d", "article preview ban-nhap --for 5s",
      "article preview ban-nhap --for x",
    ] {
      #expect { try preview(line) } throws: { ($0 as? Refusal)?.code == .invalid }
    }
    try site.run("article delete ban-nhap")
    #expect { try preview("article preview ban-nhap") } throws: { ($0 as? Refusal)?.code == .notFound }
  }
}
