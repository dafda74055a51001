import ContentModel
import Foundation
import Testing
import Yams

@testable import Formats

struct YAMLTests {
  private func written(_ items: [FieldMap]) throws -> String {
    let memory = MemorySink()
    var sink = YAMLSink(memory)
    for item in items { try sink.write(item) }
    try sink.finish()
    return memory.text
  }

  /// What Yams, with its own guessing of types, makes of a value.
  private func value(_ any: Any?) -> FieldValue {
    switch any {
    case let bool as Bool: .bool(bool)
    case let integer as Int: .integer(Int64(integer))
    case let real as Double: .real(real)
    case let text as String: .text(text)
    case let date as Date: .date(date)
    case let list as [Any]: .list(list.map(value))
    case let map as [AnyHashable: Any]:
      .map(
        map.map { ("\($0.key)", value($0.value)) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
          .reduce(into: [:]) { $0[$1.0] = $1.1 })
    default: .null
    }
  }

  /// `value` with names sorted, and texts without a byte order mark at their start: Foundation, with which
  /// Yams makes its strings, drops it.
  private func sorted(_ value: FieldValue) -> FieldValue {
    switch value {
    case .text(let text) where text.unicodeScalars.first == "\u{FEFF}":
      .text(String(text.unicodeScalars.dropFirst()))
    case .map(let map):
      .map(
        map.entries.map { (name: sorted(.text($0.name)).text ?? "", value: sorted($0.value)) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
          .reduce(into: [:]) { $0[$1.name] = $1.value })
    case .list(let list): .list(list.map(sorted))
    default: value
    }
  }

  private func check(_ items: [FieldMap]) throws {
    let text = try written(items)
    let back = value(try Yams.load(yaml: text))
    #expect(Samples.text(back) == Samples.text(sorted(.list(items.map { .map($0) }))), "\(text)")
  }

  @Test func theFormIsPlainWhereItIsSafe() throws {
    let text = try written([
      [
        "title": .text("Kế hoạch số 490"), "no": .text("no"), "version": .text("1.10"),
        "day": .text("2026-11-24"),
        "at": .date(Date(timeIntervalSince1970: 0)), "body": .text("a\n\n  b: c\n"), "last": .text("a\nb"),
        "many": .text("a\n\n"), "empty": .text(""), "none": .null, "big": .real(1e20),
        "tags": .list([.text("a"), .list([.text("b"), .map(["c": .integer(1), "d": .list([])])])]),
      ], [:],
    ])
    #expect(
      text == """
        - title: Kế hoạch số 490
          "no": "no"
          version: "1.10"
          day: "2026-11-24"
          at: 1970-01-01T00:00:00Z
          body: |
            a

              b: c
          last: |-
            a
            b
          many: |+
            a

          empty: ""
          none: null
          big: 1.0e+20
          tags:
            - a
            - - b
              - c: 1
                d: []
        - {}

        """)
    #expect(try written([]) == "[]\n")
  }

  @Test func randomItemsAreReadTheSameByYams() throws {
    var random = Seeded(state: 4)
    for _ in 0..<1500 { try check([random.map(), random.map()]) }
  }

  @Test func dangerousWordsStayText() throws {
    let words = [
      "y", "N", "Yes", "NO", "on", "OFF", "true", "False", "null", "Null", "~", ".inf", ".NaN", "0", "1e5",
      "0o17", "0b1",
      "1:30", "1_000", "=", "<<", "-", "?", ":", "- a", "a:", "a: b", "a #b", "#a", "@a", "`a", "%a", "&a",
      "*a", "!a", "|",
      ">", "'a'", "\"a\"", "{a", "[a", "a ", " a", "\ta", "a\t", "---", "...", "--- a", "a\n", "\na", " a\nb",
      "a\n ", "a\n \n",
      "a\n\n\n", "\n", "\n\n", "a\r\nb", "a\rb", "a\u{85}b", "a\u{2028}b\nc", "\u{FEFF}a", "a\u{FEFF}", "\0",
      "a\n\tb", "\u{A0}a",
      "a\n# b", "a\n--- \nb", "e5", "x\n...\ny", "nan", "inf",
    ]
    for word in words { try check([["v": .text(word), word: .list([.text(word), .text("z")])]]) }
    try check([[String(repeating: "key ", count: 500): .map(["a": .text("b")]), "z": .integer(1)]])
  }

  @Test(.enabled(if: Samples.naughty != nil, "the data folder is not there"))
  func naughtyStringsAreReadTheSameByYams() throws {
    for string in Samples.naughty ?? [] {
      try check([["v": .text(string), "w": .text("\(string)\n\(string)")]])
    }
  }
}
