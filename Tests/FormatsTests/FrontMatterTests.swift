import ContentModel
import Foundation
import Testing

@testable import Formats

struct FrontMatterTests {
  private func message(_ text: String) throws -> String? {
    try refusal { _ = try FrontMatter.parse(text) }?.message
  }

  @Test func theDocumentIsAsDocumented() throws {
    let map: FieldMap = [
      "title": .text("Kế hoạch số 490"), "closes": .null, "lead": .text("a\n  b\n"),
      "tags": .list([.text("a"), .text("no")]),
      "version": .text("1.10"), "at": .date(Date(timeIntervalSince1970: 0)), "open": .bool(true),
      "empty": .text(""),
    ]
    let text = try FrontMatter.write(
      map, comments: ["closes": "No votes after this time\nor later\u{2028}x", "none": "?"],
      complaints: ["closes: 31/2/2026 is no day"], body: "Thân bài\r\n---\n")
    #expect(
      text == """
        ---
        # ! closes: 31/2/2026 is no day
        title: Kế hoạch số 490
        # No votes after this time
        # or later x
        closes:
        lead: |
          a
            b
        tags:
          - a
          - "no"
        version: "1.10"
        at: 1970-01-01T00:00:00Z
        open: true
        empty: ""
        ---
        Thân bài\r\n---

        """)
    let (back, body) = try FrontMatter.parse(text)
    #expect(body.utf8.elementsEqual("Thân bài\r\n---\n".utf8))
    #expect(
      back == [
        "title": .text("Kế hoạch số 490"), "closes": .null, "lead": .text("a\n  b\n"),
        "tags": .list([.text("a"), .text("no")]), "version": .text("1.10"),
        "at": .text("1970-01-01T00:00:00Z"),
        "open": .text("true"), "empty": .text(""),
      ])
  }

  @Test func scalarsStayTheTextThatWasWritten() throws {
    let (map, body) = try FrontMatter.parse(
      """
      \u{FEFF}# ! on top

      # a comment
      ---  \r
      a: no
      b: 1.10
      c: 2026-11-24
      d: ~
      e:
      f: null
      g: "null"
      h: 0x1F
      i: [x, 'y: z', ~]
      j: {k: on}
      l: a # comment
      m: 'it''s'
      n: >
        folded
        text
      ---\r
      body
      """)
    #expect(
      map == [
        "a": .text("no"), "b": .text("1.10"), "c": .text("2026-11-24"), "d": .null, "e": .null, "f": .null,
        "g": .text("null"),
        "h": .text("0x1F"), "i": .list([.text("x"), .text("y: z"), .null]), "j": .map(["k": .text("on")]),
        "l": .text("a"),
        "m": .text("it's"), "n": .text("folded text\n"),
      ])
    #expect(body == "body")
  }

  @Test(arguments: [
    "", "\n", "a", "a\n", "\r\n\r\n", "---\na\n---\n", "\n---", "\u{FEFF}a\0b\u{2028}", "# ! x\n",
  ])
  func theBodyIsKeptByteForByte(body: String) throws {
    for map in [[:], ["a": .text("x")]] as [FieldMap] {
      let (back, found) = try FrontMatter.parse(try FrontMatter.write(map, body: body))
      #expect(Array(found.utf8) == Array(body.utf8))
      #expect(back == map)
    }
  }

  @Test func anEndWithoutLineEndIsAnEnd() throws {
    let (map, body) = try FrontMatter.parse("---\na: b\n---")
    #expect(map == ["a": .text("b")])
    #expect(body == "")
    #expect(try FrontMatter.parse("---\r\na: |\r\n  x\r\n  y\r\n---\r\n").0 == ["a": .text("x\ny\n")])
    #expect(try FrontMatter.parse("---\n# nothing\n---\nb").0 == [:])
    #expect(try FrontMatter.parse("---\n---\nb").0 == [:])
  }

  @Test(arguments: [
    ("", "line 1: the fields must begin with a line of three dashes, ---"),
    ("\n\nx", "line 3: the fields must begin with a line of three dashes, ---"),
    ("# a\n---\na: b\n", "the fields that begin on line 2 have no end"),
    (
      "---\na: b\nc: d: e\n---\n",
      "line 3, column 5: not valid YAML: mapping values are not allowed in this context"
    ),
    ("---\na: [b\n---\n", "line 3, column 1: "),
    ("---\na: 1\nb: 2\na: 3\n---\n", "a occurs twice"),
    ("---\na: 1\n\"a\": 3\n---\n", "a occurs twice"),
    ("---\n- a\n---\n", "line 2, column 1: expected fields, one a line"),
    ("---\nword\n---\n", "line 2, column 1: expected fields, one a line"),
    ("---\nx: 1\n? [a]\n: b\n---\n", "line 3, column 3: a field needs a plain name before the colon"),
    ("---\n: b\n---\n", "line 2, column 1: not valid YAML"),
    ("---\n\"\": b\n---\n", "line 2, column 1: a field needs a plain name before the colon"),
    ("---\nx: 1\na: &n b\n---\n", "line 3, column "),
    ("---\nx: 1\na: *n\n---\n", "anchors (&name) and aliases (*name) are not read"),
    ("---\na: b\u{1}\n---\n", "line 2: not valid YAML: control characters are not allowed"),
    ("---\na: b\0c\n---\n", "line 2"),
    ("---\n\ta: b\n---\n", "line 2"),
    ("---\na: b\n...\nc: d\n---\n", "line "),
  ])
  func mistakesAreNamedWithTheirLineInTheDocument(text: String, expected: String) throws {
    let found = try message(text)
    #expect(found?.contains(expected) == true, "\(found ?? "read")")
  }

  @Test func aliasBombsAreRefusedAtOnce() throws {
    var lists = "a0: &a0 [x]\n"
    for index in 1..<40 {
      lists +=
        "a\(index): &a\(index) [\(Array(repeating: "*a\(index - 1)", count: 9).joined(separator: ","))]\n"
    }
    for key in [
      "", "? *a39\n: b\n", "*a39 : b\n", "z: {*a39 : b}\n", "? [*a39]\n: b\n", "z: {[*a39]: b}\n",
      "[*a39] : b\n",
    ] {
      #expect(try message("---\n\(lists)\(key)---\n")?.contains("aliases") == true)
    }
    // Text that only looks so is read, and a few aliases are named with their place.
    #expect(try message("---\na: |\n  R &D and *D or &D : x\n---\n") == nil)
    let emphasis = String(repeating: "Q&A: *A*, vì sao? ", count: 40)
    #expect(try message("---\na: \"\(emphasis)\"\n---\n") == nil)
    #expect(try message("---\nx: &a b\n? *a\n: c\n---\n")?.hasPrefix("line 2, column ") == true)
  }

  @Test func deepNestingAndLongFieldsAreReadOrRefused() throws {
    for count in [10, 500, 5000, 200_000] {
      _ = try message("---\na: \(String(repeating: "[", count: count))\n---\n")
      _ = try message(
        "---\na: \(String(repeating: "[", count: count))\(String(repeating: "]", count: count))\n---\n")
      _ = try message("---\na: \(String(repeating: "{a: ", count: count))\n---\n")
      _ = try message("---\n\(String(repeating: "- ", count: count))\n---\n")
    }
    #expect(
      try message("---\na: \(String(repeating: "x", count: FrontMatter.limit))\n---\n")?.contains("longer")
        == true)
  }

  @Test func everyTruncationIsReadOrRefused() throws {
    let bytes = Array("# ! x\n---\na: \"é\\n\"\nb:\n  - |\n    x\n  - {c: [d]}\n---\nbody".utf8)
    for end in bytes.indices { _ = try message(String(decoding: bytes[..<end], as: UTF8.self)) }
  }

  @Test func randomDocumentsComeBack() throws {
    var random = Seeded(state: 5)
    for _ in 0..<1500 {
      let (map, body) = (random.map(), random.text())
      let comments = Dictionary(uniqueKeysWithValues: map.names.map { ($0, random.text()) })
      let text = try FrontMatter.write(map, comments: comments, complaints: [random.text()], body: body)
      let (back, found) = try FrontMatter.parse(text)
      #expect(Array(found.utf8) == Array(body.utf8))
      #expect(Samples.text(.map(back)) == Samples.text(Samples.asYAML(.map(map))), "\(text)")
    }
  }

  @Test(.enabled(if: Samples.naughty != nil, "the data folder is not there"))
  func naughtyStringsComeBack() throws {
    for string in Samples.naughty ?? [] {
      let text = try FrontMatter.write(
        ["a": .text(string), "b": .text("\(string)\n\(string)\n")], comments: ["b": string],
        complaints: [string], body: string)
      let (back, body) = try FrontMatter.parse(text)
      #expect(Array(body.utf8) == Array(string.utf8))
      #expect(
        Samples.text(.map(back))
          == Samples.text(Samples.asYAML(.map(["a": .text(string), "b": .text("\(string)\n\(string)\n")]))))
    }
  }
}
