import ContentModel
import Foundation
import Testing

@testable import Console

@Suite("The external editor")
struct DraftTests {
  private let folder: ScratchFolder
  private var drafts: String { "\(folder.path)/drafts" }

  init() throws { folder = try ScratchFolder() }

  private func environment(_ editor: String) -> [String: String] {
    ["VISUAL": editor, "PATH": "/usr/bin:/bin"]
  }

  private func draft(_ text: String = "Một\n") throws -> ExternalEditor.Draft {
    try ExternalEditor.Draft(text, name: "article-12.md", in: drafts)
  }

  /// The refusal of an edit that must not succeed.
  private func refusal(_ draft: ExternalEditor.Draft, _ environment: [String: String]) -> Refusal? {
    #expect(throws: Refusal.self) { try draft.edit(environment: environment, hasTerminal: true) }
  }

  @Test("What the editor saves comes back, and the file stays until it is discarded")
  func savedTextComesBack() throws {
    let editor = try folder.script("editor", "echo 'Hai ệ' >> \"$1\"")
    let draft = try draft()
    #expect(try mode(draft.path) == 0o600)
    #expect(try mode(drafts) == 0o700)
    #expect(draft.path.hasSuffix("/article-12.md"))
    let result = try draft.edit(environment: environment(editor), hasTerminal: true)
    #expect(result == .saved("Một\nHai ệ\n"))
    #expect(try contents(draft.path) == "Một\nHai ệ\n")
    draft.discard()
    #expect(!FileManager.default.fileExists(atPath: draft.path))
  }

  @Test("An editor that saves nothing leaves the text unchanged")
  func nothingSaved() throws {
    #expect(try draft().edit(environment: environment("true"), hasTerminal: true) == .unchanged)
  }

  @Test("Composed and decomposed letters are different texts to save")
  func normalisationIsAChange() throws {
    let editor = try folder.script("editor", "printf 'e\\314\\201' > \"$1\"")
    let result = try draft("é").edit(environment: environment(editor), hasTerminal: true)
    #expect(result == .saved("e\u{301}"))
  }

  @Test("A command with arguments and quotes works")
  func commandHasArguments() throws {
    let editor = try folder.script("my editor", "printf '%s|%s' \"$1\" \"$2\" > \"$3\"")
    let result = try draft().edit(environment: environment("\(editor) --wait 'a b'"), hasTerminal: true)
    #expect(result == .saved("--wait|a b"))
  }

  @Test("VISUAL goes before EDITOR; empty ones do not count")
  func visualGoesFirst() throws {
    #expect(try ExternalEditor.command(["VISUAL": "a", "EDITOR": "b"]) == "a")
    #expect(try ExternalEditor.command(["VISUAL": " ", "EDITOR": "b"]) == "b")
    try folder.file("vi", "", mode: 0o755)
    #expect(try ExternalEditor.command(["PATH": folder.path]) == "vi")
    let error = #expect(throws: Refusal.self) { try ExternalEditor.command(["PATH": "/nowhere"]) }
    #expect(error?.hint?.contains("export EDITOR=nano") == true)
  }

  @Test("An editor that fails, is killed or is not there leaves the text in its file, and says where")
  func failuresKeepTheText() throws {
    for (body, reason) in [("exit 3", "ended with 3"), ("kill -9 $$", "was ended by signal 9")] {
      let editor = try folder.script("editor", "echo typed > \"$1\"; \(body)")
      let draft = try draft()
      let refusal = refusal(draft, environment(editor))
      #expect(refusal?.code == .declined)
      #expect(refusal?.message.contains(reason) == true, "\(refusal?.message ?? "")")
      #expect(refusal?.hint?.contains(draft.path) == true)
      #expect(try contents(draft.path) == "typed\n")
    }
  }

  @Test("A draft in which nothing was typed is not left behind")
  func nothingTypedLeavesNothing() throws {
    let missing = refusal(try draft(), environment("/nowhere/editor"))
    #expect(missing?.message.contains("could not be started") == true)
    #expect(missing?.hint == nil)
    _ = refusal(try draft(), ["PATH": "/nowhere"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: drafts).isEmpty)
    // One that was taken up is somebody's, whatever becomes of this edit.
    let left = try draft("typed before").path
    let resumed = try ExternalEditor.Draft(resuming: left)
    #expect(refusal(resumed, environment("false"))?.hint?.contains(resumed.path) == true)
    #expect(try contents(resumed.path) == "typed before")
  }

  @Test("A text that is no UTF-8 is refused and kept")
  func invalidTextIsKept() throws {
    let editor = try folder.script("editor", "printf 'a\\377b' > \"$1\"")
    let draft = try draft()
    let refusal = refusal(draft, environment(editor))
    #expect(refusal?.code == .invalid)
    #expect(refusal?.hint?.contains(draft.path) == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: draft.path)) == Data([0x61, 0xFF, 0x62]))
  }

  @Test("Without a terminal the editor is not opened")
  func needsATerminal() throws {
    let refusal = #expect(throws: Refusal.self) {
      try draft().edit(environment: environment("false"), hasTerminal: false)
    }
    #expect(refusal?.code == .declined)
    #expect(try FileManager.default.contentsOfDirectory(atPath: drafts).isEmpty)
  }

  @Test("One file is opened again and again, the complaints on top")
  func oneFileAgainAndAgain() throws {
    let editor = try folder.script("editor", "echo x >> \"$1\"")
    let draft = try draft("a\n")
    #expect(try draft.edit(environment: environment(editor), hasTerminal: true) == .saved("a\nx\n"))
    try draft.replace("# ! wrong\na\nx\n")
    #expect(try mode(draft.path) == 0o600)
    #expect(
      try draft.edit(environment: environment(editor), hasTerminal: true) == .saved("# ! wrong\na\nx\nx\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: drafts)
    #expect(names.filter { !$0.hasPrefix(".") } == ["article-12.md"])
  }

  @Test("A draft that an editor is open on is nobody else's")
  func openDraftsAreNotLeft() throws {
    let open = try draft("first")
    #expect(ExternalEditor.Draft.left(name: "article-12.md", in: drafts).isEmpty)
    let refusal = #expect(throws: Refusal.self) { try ExternalEditor.Draft(resuming: open.path) }
    #expect(refusal?.code == .conflict)
    // An editor that puts a new file in the place of the old one changes nothing about that.
    let editor = try folder.script("editor", "cp \"$1\" \"$1.new\"; mv \"$1.new\" \"$1\"")
    _ = try open.edit(environment: environment(editor), hasTerminal: true)
    #expect(ExternalEditor.Draft.left(name: "article-12.md", in: drafts).isEmpty)
    open.discard()
  }

  @Test("A draft that was left is never overwritten, and can be taken up")
  func leftDraftsStay() throws {
    let (first, second) = (try draft("first").path, try draft("second").path)
    #expect(second.hasSuffix("/article-12~2.md"))
    #expect(ExternalEditor.Draft.left(name: "article-12.md", in: drafts) == [first, second])
    let resumed = try ExternalEditor.Draft(resuming: first)
    #expect(resumed.text == "first")
    resumed.discard()
    #expect(ExternalEditor.Draft.left(name: "article-12.md", in: drafts) == [second])
    #expect(throws: Refusal.self) { try ExternalEditor.Draft(resuming: "\(drafts)/gone.md") }
  }
}
