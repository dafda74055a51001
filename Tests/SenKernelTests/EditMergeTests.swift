import ContentModel
import Foundation
import SenTesting
import Testing

/// An item that somebody else changes while it is being edited.
struct EditMergeTests {
  let portal: Portal

  init() throws {
    portal = try Portal()
    try portal.run("article set duong-lang body=- tags=lúa", input: "Một\n\nHai\n\nBa\n")
  }

  /// The document of the article, as a program gets it.
  private func document() throws -> String { try portal.run("article edit duong-lang --print") }

  /// An edit during which `meanwhile` runs, each element while the editor is open another time.
  /// - Parameter typed: what the editor makes of the document that it is shown, time after time.
  private func edit(
    _ typed: [String], meanwhile: [String], _ line: String = "article edit duong-lang"
  ) throws -> (output: MemoryOutput, refusal: Refusal?) {
    let output = MemoryOutput()
    output.typed = typed
    output.meanwhile = meanwhile.map { line in { try portal.run(line) } }
    do {
      try portal.site.run(line, output)
      return (output, nil)
    } catch let refusal as Refusal {
      return (output, refusal)
    }
  }

  /// What was undone had a number, and what came after it has another.
  @Test func aVersionThatWasTakenBackComesNeverAgain() throws {
    try portal.run("article set duong-lang title='Tên thứ nhất'")
    let version = try portal.field("version", of: "duong-lang")
    let seen = try document().replacing("title: Tên thứ nhất", with: "title: Của tôi")
    try portal.run("history undo")
    try portal.run("article set duong-lang title='Tên thứ hai' summary=Mới")
    #expect(portal.refusal("article set duong-lang title=X --if-version \(version)")?.code == .conflict)
    let refusal = portal.site.refusal("article edit duong-lang --from -", input: seen)
    #expect(refusal?.code == .conflict)
    #expect(try portal.field("title", of: "duong-lang") == "Tên thứ hai")
    #expect(try portal.field("summary", of: "duong-lang") == "Mới")
    // Undone and done again, it is what it was.
    try portal.run("history undo")
    try portal.run("history redo")
    #expect(try portal.field("title", of: "duong-lang") == "Tên thứ hai")
  }

  @Test func fieldsAndLinesThatDoNotCollideAreMerged() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Đường mới").replacing(
      "Ba\n", with: "Bốn\n"
    )
    .replacing("- lúa", with: "- lúa\n  - đường")
    try portal.run("article set duong-lang body=- ", input: "Không\n\nHai\n\nBa\n")
    let (output, refusal) = try edit(
      [typed], meanwhile: ["article set duong-lang state=review tags+=mới tags-=lúa"])
    #expect(refusal == nil)
    #expect(
      output.notes.contains(
        "tester changed it meanwhile (version 4); merged, yours: title; theirs: state; of both: tags, body"))
    #expect(try portal.field("title", of: "duong-lang") == "Đường mới")
    #expect(try portal.field("state", of: "duong-lang") == "review")
    #expect(try portal.field("tags", of: "duong-lang") == "mới, đường")
    #expect(try portal.field("body", of: "duong-lang") == "Không\n\nHai\n\nBốn\n")
    #expect(try portal.field("version", of: "duong-lang") == "5")
  }

  @Test func whatCollidesIsShownAndNothingIsOverwritten() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Đường của tôi")
      .replacing("Hai\n", with: "Hai của tôi\n").replacing("Ba\n", with: "Ba của tôi\n")
    let (output, refusal) = try edit(
      [typed],
      meanwhile: ["article set duong-lang title='Đường của họ' state=review body='Một\n\nHai của họ\n\nBa\n'"]
    )
    #expect(refusal?.code == .conflict)
    #expect(refusal?.hint?.contains("--resume") == true)
    #expect(try portal.field("title", of: "duong-lang") == "Đường của họ")
    #expect(try portal.field("version", of: "duong-lang") == "3")
    #expect(output.notes.contains("  before  Đường làng"))
    #expect(output.notes.contains("  theirs  Đường của họ"))
    #expect(output.notes.contains("  yours   Đường của tôi"))
    let shown = try #require(output.notes.last { $0.contains("Ba của tôi") && $0.hasPrefix("# ! ") })
    #expect(
      shown.contains(
        """
        <<<<<<< yours
        title: Đường của tôi
        ||||||| version 2
        title: Đường làng
        ======= version 3, by tester
        title: Đường của họ
        >>>>>>> end

        """))
    #expect(shown.contains("\nstate: review\n"))
    #expect(shown.contains("\nversion: 3\n---\n"))
    #expect(
      shown.hasSuffix(
        """
        Một

        <<<<<<< yours
        Hai của tôi
        ||||||| version 2
        Hai
        ======= version 3, by tester
        Hai của họ
        >>>>>>> end

        Ba của tôi

        """))
  }

  @Test func aConflictIsSettledInTheEditorThatOpensAgain() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Đường của tôi").replacing(
      "Ba\n", with: "Bốn\n")
    let half = try document().replacing("version: 2", with: "version: 3").replacing("Ba\n", with: "Bốn\n")
      .replacing("title: Đường làng\n", with: "title: Đường của tôi\n>>>>>>> end\n")
    let settled = half.replacing("title: Đường của tôi\n>>>>>>> end\n", with: "title: Đường của cả hai\n")
    let (output, refusal) = try edit(
      [typed, half, settled], meanwhile: ["article set duong-lang title='Đường của họ'"])
    #expect(refusal == nil)
    #expect(output.notes.contains { $0.contains("both versions are still there") })
    #expect(try portal.field("title", of: "duong-lang") == "Đường của cả hai")
    #expect(try portal.field("body", of: "duong-lang") == "Một\n\nHai\n\nBốn\n")
  }

  @Test func aConflictOverAConflictIsAConflict() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Tôi")
    let settled = try document().replacing("title: Đường làng", with: "title: Tôi").replacing(
      "version: 2", with: "version: 3")
    let (output, refusal) = try edit(
      [typed, settled],
      meanwhile: ["article set duong-lang title=Họ", "article set duong-lang title='Họ nữa'"])
    #expect(refusal?.code == .conflict)
    #expect(output.notes.last { $0.hasPrefix("# ! ") }?.contains("||||||| version 3\ntitle: Họ\n") == true)
    #expect(try portal.field("title", of: "duong-lang") == "Họ nữa")
  }

  @Test func theSameChangeIsNoConflict() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Đường mới")
    let (_, refusal) = try edit([typed], meanwhile: ["article set duong-lang title='Đường mới'"])
    #expect(refusal == nil)
    #expect(try portal.field("version", of: "duong-lang") == "3")
  }

  @Test func theLineEndThatEditorsAddIsNoChange() throws {
    try portal.run("article set duong-lang body='Một dòng'")
    let (output, refusal) = try edit(
      [try document() + "\n"], meanwhile: ["article set duong-lang body='Một dòng khác'"])
    #expect(refusal == nil)
    #expect(output.notes.last == "Nothing to change")
    #expect(try portal.field("body", of: "duong-lang") == "Một dòng khác")
  }

  @Test func whatWasTrashedOrDeletedMeanwhileIsNotChanged() throws {
    let typed = try document().replacing("title: Đường làng", with: "title: Đường mới")
    let (_, trashed) = try edit([typed], meanwhile: ["article delete duong-lang"])
    #expect(trashed?.code == .conflict)
    #expect(trashed?.message.contains("trash") == true)
    try portal.run("article restore duong-lang")
    let (_, deleted) = try edit([typed], meanwhile: ["article delete duong-lang --force --yes"])
    #expect(deleted?.code == .notFound)
  }

  // MARK: Programs

  @Test func aDocumentIsTakenAndGivenBack() throws {
    let text = try document().replacing("title: Đường làng", with: "title: Đường mới")
    try portal.run("article set duong-lang state=review")
    let path = "\(portal.site.folder)/bai.md"
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(
      try portal.notes("article edit duong-lang --from \(path)").first?.contains("theirs: state") == true)
    #expect(try portal.field("title", of: "duong-lang") == "Đường mới")
    // The same again: all of it is there.
    #expect(try portal.notes("article edit duong-lang --from \(path)").last == "Nothing to change")
    try portal.run("article edit duong-lang --from -", input: try document().replacing("mới", with: "cũ"))
    #expect(try portal.field("title", of: "duong-lang") == "Đường cũ")
  }

  /// Some systems end lines otherwise.
  @Test func lineEndsOfOtherSystemsAreNoChange() throws {
    func windows(_ text: String) -> String { text.replacing("\n", with: "\r\n") }
    let text = try windows(document())
    let output = MemoryOutput()
    try portal.site.run("article edit duong-lang --from -", output, input: text)
    #expect(output.notes.last == "Nothing to change")
    #expect(try portal.field("version", of: "duong-lang") == "2")
    // Lines that were not touched do not collide.
    try portal.run("article set duong-lang body=-", input: "Một\n\nHai\n\nBa của họ\n")
    let typed = text.replacing("Một", with: "Một của tôi")
    try portal.run("article edit duong-lang --from -", input: typed)
    #expect(try portal.field("body", of: "duong-lang") == "Một của tôi\n\nHai\n\nBa của họ\n")
    // The same of an editor, and below complaints that stand on top.
    let (_, refusal) = try edit(
      [
        windows(document()).replacing("state: draft", with: "state: x"),
        windows("# ! state\n" + document().replacing("Hai", with: "Hai nữa")),
      ], meanwhile: ["article set duong-lang summary=Tóm"])
    #expect(refusal == nil)
    #expect(try portal.field("body", of: "duong-lang") == "Một của tôi\n\nHai nữa\n\nBa của họ\n")
    #expect(try portal.field("summary", of: "duong-lang") == "Tóm")
  }

  /// What holds carriage returns itself keeps them.
  @Test func carriageReturnsThatAreStoredStay() throws {
    try portal.run("article set duong-lang body=-", input: "Một\r\nHai\r\n")
    try portal.run("article edit duong-lang --from -", input: try document().replacing("Hai", with: "Ba"))
    #expect(try portal.field("body", of: "duong-lang") == "Một\r\nBa\r\n")
  }

  @Test func aDocumentThatCollidesIsRefusedAndKept() throws {
    let text = try document().replacing("title: Đường làng", with: "title: Đường của tôi")
    try portal.run("article set duong-lang title='Đường của họ'")
    let output = MemoryOutput()
    let refusal = #expect(throws: Refusal.self) {
      try portal.site.run("article edit duong-lang --from -", output, input: text)
    }
    #expect(refusal?.code == .conflict)
    #expect(output.kept.count == 1)
    #expect(output.kept.first?.contains("======= version 3, by tester\ntitle: Đường của họ\n") == true)
    #expect(try portal.field("title", of: "duong-lang") == "Đường của họ")
  }

  @Test func aDocumentWithoutAVersionSetsWhatItSays() throws {
    let output = MemoryOutput()
    try portal.site.run(
      "article edit duong-lang --from -", output, input: "---\nstate: review\n---\nThân bài\n")
    let note = "The text says no version, so it was taken for one of version 2, which was the last"
    #expect(output.notes.first == note)
    #expect(try portal.field("state", of: "duong-lang") == "review")
    #expect(try portal.field("title", of: "duong-lang") == "Đường làng")
    #expect(
      portal.refusal("article edit duong-lang --from -", input: "---\nversion: x\n---\n")?.code == .invalid)
    #expect(
      portal.refusal("article edit duong-lang --from -", input: "---\nversion: 77\n---\n")?.code == .conflict)
    #expect(portal.refusal("article edit duong-lang --from -", input: "")?.code == .invalid)
    #expect(
      portal.refusal("article edit duong-lang --from -", input: "---\nstate: nope\n---\n")?.code == .invalid)
  }

  @Test func aTextAboutMarksIsNoConflict() throws {
    let body = "Dấu của git:\n\n<<<<<<< yours\n>>>>>>> end\n"
    try portal.run("article set duong-lang body=-", input: body)
    try portal.run(
      "article edit duong-lang --from -", input: try document().replacing("Dấu", with: "Các dấu"))
    #expect(try portal.field("body", of: "duong-lang") == body.replacing("Dấu", with: "Các dấu"))
  }

  // MARK: set

  @Test func setCanAskForAVersion() throws {
    try portal.run("article set duong-lang state=review --if-version 2")
    let refusal = portal.refusal("article set duong-lang state=draft --if-version 2")
    #expect(refusal?.code == .conflict)
    #expect(refusal?.message.contains("tester") == true)
    #expect(try portal.field("state", of: "duong-lang") == "review")
    #expect(portal.refusal("article set duong-lang state=draft --if-version 9")?.code == .conflict)
    #expect(portal.refusal("article set 1-99 state=draft --if-version 1")?.code == .usage)
    #expect(portal.refusal("article set --filter state=draft state=draft --if-version 1")?.code == .usage)
  }

  @Test func aValueThatChangedWhileItWasTypedAnewIsNotOverwritten() throws {
    let output = MemoryOutput()
    output.typed = ["Đường của tôi"]
    output.whileAsked = { portal.runAlso("article set duong-lang title='Đường của họ'") }
    let refusal = #expect(throws: Refusal.self) {
      try portal.site.run("article set duong-lang title", output)
    }
    #expect(refusal?.code == .conflict)
    #expect(try portal.field("title", of: "duong-lang") == "Đường của họ")
    output.typed = ["Đường của tôi"]
    output.whileAsked = { portal.runAlso("article set duong-lang state=review") }
    try portal.site.run("article set duong-lang title", output)
    #expect(try portal.field("title", of: "duong-lang") == "Đường của tôi")
    #expect(try portal.field("state", of: "duong-lang") == "review")
  }
}

extension Portal {
  /// Runs a line where nothing can be thrown.
  fileprivate func runAlso(_ line: String) {
    do { try run(line) } catch { Issue.record("\(line): \(error)") }
  }
}
