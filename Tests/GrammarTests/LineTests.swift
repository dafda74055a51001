import ContentModel
import Foundation
import Grammar
import Testing

@Suite struct LineTests {
  @Test(
    arguments: [
      ("article list", ["article", "list"]), ("  a\t b  ", ["a", "b"]), ("", []), ("# only a comment", []),
      ("a # b", ["a"]), ("a#b", ["a#b"]), ("a '#' b", ["a", "#", "b"]), ("id>5", ["id>5"]), ("a|b", ["a|b"]),
      ("'lúa gạo' \"x y\" a\\ b", ["lúa gạo", "x y", "a b"]), ("title='Tin mới'x", ["title=Tin mớix"]),
      ("''", [""]), ("\"a\\\"b\\\\c\\n\\t\\x\"", ["a\"b\\c\n\t\\x"]), ("'a\\nb'", ["a\\nb"]),
      ("a\\'b", ["a'b"]),
      ("a \\\nb", ["a", "b"]), ("a\\\r\nb", ["ab"]), ("'a\nb'", ["a\nb"]), ("a b\r\n", ["a", "b"]),
      ("\u{FEFF}article list", ["article", "list"]), ("a\n# c\n", ["a"]), ("\\#a", ["#a"]),
      ("a\\\\", ["a\\"]),
    ] as [(String, [String])])
  func wordsAreSplitAndUnquoted(text: String, words: [String]) throws {
    #expect(try Line.parse(text).words.map(\.text) == words)
  }

  @Test(arguments: [
    ("article 'x", "The single quote at column 9 is not closed"),
    ("đấ \"x", "The double quote at column 4 is not closed"),
    ("a \\", "The line ends in a backslash"), ("a\u{0}b", "The line holds a NUL byte at column 2"),
    ("a\nb", "A second command begins at column 3"), ("| wc", "There is no command before `|`"),
    ("> x", "There is no command before `>`"), ("a |", "There is no command after `|`"),
    ("a | ", "There is no command after `|`"),
    ("a || b", "`||` is not known here"), ("a >", "There is no file after `>`"),
    ("a > ''", "There is no file after `>`"),
    ("a > b c", "Nothing may follow the file that `>` names, but column 7 does"),
    ("a >> b | c", "Nothing may follow the file that `>` names, but column 8 does"),
    ("a | wc\nb", "A second command begins at column 8"),
    ("a | wc 'x", "The single quote at column 8 is not closed"),
  ])
  func aBrokenLineIsRefusedWithItsPlace(text: String, message: String) {
    do {
      _ = try Line.parse(text)
      Issue.record("taken")
    } catch {
      #expect(error.message == message)
      #expect(error.code == .usage && error.hint != nil)
    }
  }

  @Test func redirectsAreTakenApart() throws {
    #expect(
      try Line.parse("article list | grep 'a b' | wc -l # c").redirect == .pipe("grep 'a b' | wc -l # c"))
    #expect(try Line.parse("a > 'my file.csv'").redirect == .file(path: "my file.csv", appends: false))
    #expect(try Line.parse("a >>x # c").redirect == .file(path: "x", appends: true))
    #expect(try Line.parse("a b | c").pipe == "c")
    #expect(try Line.parse("a > x").file?.path == "x")
  }

  @Test func aScriptIsCutIntoCommandsWithTheirLines() {
    let script =
      "\u{FEFF}# first\r\narticle list\r\n\r\n  # c \\\narticle create 'a\nb' \\\n  --yes # x 'y\n\ntag list"
    let commands = Line.commands(in: script)
    #expect(commands.map(\.number) == [2, 5, 9])
    #expect(
      commands.map { try? Line.parse($0.text).words.map(\.text) } == [
        ["article", "list"], ["article", "create", "a\nb", "--yes"], ["tag", "list"],
      ])
    #expect(Line.commands(in: "").isEmpty && Line.commands(in: "\n#x\n").isEmpty)
  }

  @Test func aLineThatNeedsMoreIsKnown() {
    for text in ["a 'b", "a \"b\\\"", "a \\", "a | b 'c"] { #expect(Line.isIncomplete(text)) }
    for text in ["a", "a 'b'", "a |", "", "a # '"] { #expect(!Line.isIncomplete(text)) }
  }

  @Test func everyNaughtyStringReadsBackAsOneWord() throws {
    var random = Seeded(state: 1)
    let more = (0..<5000).map { _ in Naughty.random(&random) }
    for text in Naughty.own + Naughty.listed + more {
      let line = try Line.parse("x \(Word.quoted(text)) y")
      #expect(line.words.map { Array($0.text.utf8) } == [Array("x".utf8), Array(text.utf8), Array("y".utf8)])
      #expect(line.words.dropFirst().first?.range == 2..<2 + Word.quoted(text).utf8.count)
    }
  }

  @Test func everyNaughtyStringReadsBackInAShell() throws {
    var random = Seeded(state: 2)
    let more = (0..<500).map { _ in Naughty.random(&random) }
    let texts = (Naughty.own + Naughty.listed + more).filter { text in
      !text.utf8.contains { [9, 10, 13].contains($0) }
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let script = FileManager.default.temporaryDirectory.appending(path: "sen-words-\(UUID().uuidString).sh")
    defer { try? FileManager.default.removeItem(at: script) }
    let lines = texts.map { "printf '%s\\n' \(Word.quoted($0))\n" }.joined()
    try Data(lines.utf8).write(to: script)
    process.arguments = [script.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(data == Data(texts.map { "\($0)\n" }.joined().utf8))
  }

  @Test func noLineCrashesTheLexer() {
    var random = Seeded(state: 3)
    for _ in 0..<5000 {
      let text = Naughty.random(&random)
      _ = Line.isIncomplete(text)
      let commands = Line.commands(in: text)
      #expect(commands.allSatisfy { $0.number >= 1 })
    }
  }
}
