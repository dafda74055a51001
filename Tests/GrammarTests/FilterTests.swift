import ContentModel
import Grammar
import Testing

@Suite struct FilterTests {
  static func compare(_ field: String, _ operation: Filter.Operator, _ text: String, quoted: Bool = false)
    -> Filter
  {
    .compare(field, operation, Operand(text, wasQuoted: quoted))
  }

  @Test func aFilterHoldsSoManyComparisons() throws {
    func refusal(_ text: String) -> String? {
      do throws(Refusal) {
        _ = try Filter.parse(text)
        return nil
      } catch {
        return error.message
      }
    }
    for word in [" and ", " or "] {
      #expect(refusal(Array(repeating: "a=1", count: 500).joined(separator: word)) == nil)
      let many = Array(repeating: "a=1", count: 5000).joined(separator: word)
      #expect(refusal(many)?.contains("a filter holds at most 500 comparisons and values") == true)
    }
    #expect(refusal("a in (\(Array(repeating: "1", count: 501).joined(separator: ",")))") != nil)
  }

  @Test func orBindsWeakestThenAndThenNot() throws {
    let (a, b, c) = (
      Self.compare("a", .equal, "1"), Self.compare("b", .equal, "2"), Self.compare("c", .equal, "3")
    )
    #expect(try Filter.parse("a=1 or b=2 and c=3") == .any([a, .all([b, c])]))
    #expect(try Filter.parse("(a=1 or b=2) and c=3") == .all([.any([a, b]), c]))
    #expect(try Filter.parse("not a=1 and b=2") == .all([.not(a), b]))
    #expect(try Filter.parse("NOT(a=1 AND not b=2)or c=3") == .any([.not(.all([a, .not(b)])), c]))
    #expect(try Filter.parse("a=1 and b=2 and c=3") == .all([a, b, c]))
  }

  @Test(arguments: [
    ("state=draft", compare("state", .equal, "draft")), ("state == draft", compare("state", .equal, "draft")),
    ("a<>1", compare("a", .unequal, "1")), ("a != 1", compare("a", .unequal, "1")),
    ("age>30d", compare("age", .greater, "30d")),
    ("a>=1", compare("a", .atLeast, "1")), ("a<=1", compare("a", .atMost, "1")),
    ("a<1", compare("a", .less, "1")),
    ("title~'mỗi xã'", compare("title", .contains, "mỗi xã", quoted: true)),
    ("title!~\"a \\\"b\\\" \\\\c\"", compare("title", .lacks, "a \"b\" \\c", quoted: true)),
    ("topic", .isSet("topic")), ("notes=1", compare("notes", .equal, "1")),
    ("order=1", compare("order", .equal, "1")), ("tiêuđề=1", compare("tiêuđề", .equal, "1")),
    ("a='null'", compare("a", .equal, "null", quoted: true)),
    ("a=''", compare("a", .equal, "", quoted: true)), ("a=-5", compare("a", .equal, "-5")),
    ("publishAt>'24/11/2026 08:00'", compare("publishAt", .greater, "24/11/2026 08:00", quoted: true)),
    (
      "state in (draft, 'in review',x)",
      .isIn("state", [Operand("draft"), Operand("in review", wasQuoted: true), Operand("x")])
    ),
    ("state in draft,x", .isIn("state", [Operand("draft"), Operand("x")])),
    ("state not in (a)", .not(.isIn("state", [Operand("a")]))),
    ("url=https://a.vn/?x=1", compare("url", .equal, "https://a.vn/?x=1")),
  ])
  func comparisonsAreRead(text: String, filter: Filter) throws {
    #expect(try Filter.parse(text) == filter)
  }

  @Test func nullIsNullOnlyWhenBare() {
    #expect(Operand("NULL").isNull && !Operand("null", wasQuoted: true).isNull && !Operand("nul").isNull)
  }

  @Test(
    arguments: [
      ("", "a field is expected"), ("=1", "a field is expected"), ("a=", "a value is expected"),
      ("a===1", "a value is expected"), ("a=1 b=2", "“and” or “or” is expected"),
      ("(a=1", "“)” is missing"), ("a=1)", "“and” or “or” is expected"), ("a='x", "a closing ' is missing"),
      ("a in ()", "a value is expected"),
      ("a in (b", "“)” is missing"), ("and", "a field is expected"), ("a=1 and", "a field is expected"),
      ("not", nil), ("a=1 or or b=1", "a field is expected"),
      ("a ! b", "“and” or “or” is expected"),
      (String(repeating: "(", count: 10_000) + "a", "the filter is nested too deeply"),
      (String(repeating: "not ", count: 10_000) + "a", "the filter is nested too deeply"),
    ] as [(String, String?)])
  func aBrokenFilterIsRefusedWithItsPlace(text: String, reason: String?) {
    do {
      let filter = try Filter.parse(text)
      #expect(reason == nil, "\(filter)")
    } catch {
      #expect(
        error.code == .usage && error.message.hasPrefix("--filter, character ") && error.message.count < 160)
      if let reason { #expect(error.message.contains(reason)) }
    }
  }

  @Test func longFiltersAreFineAndRandomOnesHarmless() throws {
    let long = Array(repeating: "a=1", count: 400).joined(separator: " or ")
    guard case .any(let parts) = try Filter.parse(long) else { return #expect(Bool(false)) }
    #expect(parts.count == 400)
    var random = Seeded(state: 7)
    let pieces = [
      "a", "=", "~", "!~", "(", ")", " ", "and", " or ", "not ", "in", ",", "'", "\"", "\\", "đ", "1", "null",
      "e\u{301}",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0..<10, using: &random)).map { _ in pieces.randomElement(using: &random)!
      }.joined()
      _ = try? Filter.parse(text)
    }
  }
}
