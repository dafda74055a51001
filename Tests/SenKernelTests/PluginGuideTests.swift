import Foundation
import SenKernel
import SenTesting
import Testing

/// `Docs/Plugins.md` shows a plugin that is built, passes the conformance checks and does what the page says.
struct PluginGuideTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  @Test func theExampleOfTheGuideIsTheOneThatIsBuilt() throws {
    let guide = try text("Docs/Plugins.md")
    let example = try text("Tests/SenKernelTests/PetitionsPlugin.swift")
    #expect(guide.contains("```swift\n\(example)```\n"))
  }

  @Test func theExampleConforms() throws {
    #expect(try Conformance.problems(of: PetitionsPlugin()) == [])
  }

  @Test func theExampleKeepsItsRules() throws {
    let site = try TestSite([PetitionsPlugin()])
    try site.run("petition create 'Đèn đường cho ngõ 5' --goal 2 --state published")
    try site.run("petition sign @last --name An")
    #expect(throws: Refusal.self) { try site.run("petition sign @last --name An") }
    try site.run("petition sign @last --name Bình")
    #expect(try site.run("petition progress @last --field signed") == "2\n")
    #expect(throws: Refusal.self) { try site.run("petition set @last goal=9") }
  }

  @Test func theExampleShowsVisitorsWhatIsOpen() throws {
    let clock = TestClock("2026-11-18T11:06:40Z")
    let site = try TestSite([PetitionsPlugin()]) { clock.now }
    #expect(try site.view(ofBlock: "petitions") == nil)
    try site.run("petition create 'Đèn đường' --closes +1h --body 'Tối quá.' --state published")
    try site.run("petition create 'Nháp'")
    try site.run("petition sign den-duong --name An")
    let trace = PageTrace()
    #expect(try site.view(ofBlock: "petitions", trace: trace)?.text == "{items: [petition:den-duong]}")
    #expect(trace.expiry == clock.now + 3600)
    #expect(try site.view(ofPage: "petition", "den-duong")?.text == "{signed: 1}")
    clock.move(by: 3600)
    #expect(try site.view(ofBlock: "petitions") == nil)
  }
}
