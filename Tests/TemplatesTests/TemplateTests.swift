import Testing

@testable import Templates

/// What the specification of Mustache says of what is understood here, example by example.
struct TemplateTests {
  struct Text: TemplateValue {
    let text: String
    var isBlank: Bool { text.isEmpty }
    func write(to bytes: inout [UInt8]) { bytes += text.utf8 }
  }
  struct Parts: TemplateValue {
    let parts: [String: any TemplateValue]
    init(_ parts: [String: any TemplateValue]) { self.parts = parts }
    func child(named name: String) -> (any TemplateValue)? { parts[name] }
  }

  private func text(_ text: String) -> Text { Text(text: text) }

  private func render(
    _ source: String, _ parts: [String: any TemplateValue] = [:], _ others: [String: String] = [:],
    isShadowed: Bool = false
  )
    throws -> String
  {
    let templates = try others.merging(["main": source]) { first, _ in first }.mapValues { try Template($0) }
    let library = TemplateLibrary(templates)
    let written = try #require(try library.render("main", Parts(parts)))
    // What is known beforehand changes nothing, be it all or one of the names, unless another has the same name within.
    for known in isShadowed ? [] : [parts] + parts.map({ [$0.key: $0.value] }) {
      let knowing = library.knowing(Parts(known))
      #expect(try knowing.render("main", Parts(parts)) == written, "knowing \(known.keys.sorted())")
    }
    return String(decoding: written, as: UTF8.self)
  }

  @Test func whatIsKnownBeforehandIsText() throws {
    let source =
      "<{{#on}}a {{w.hello}}{{/on}}{{^on}}off{{/on}}{{#off}}b{{/off}}{{^w.no}} c {{/w.no}}{{x}}>"
      + "{{#l}}{{w.hello}}{{/l}}"
    let library = TemplateLibrary(["main": try Template(source)])
    let known = Parts(["on": true, "off": false, "w": Parts(["hello": text("Chào")])])
    let template = try Template(source).knowing(known)
    guard case .text(let start)? = template.nodes.first, template.nodes.count == 4 else {
      Issue.record("\(template.nodes)")
      return
    }
    #expect(start == Array("<a Chào c ".utf8))
    // It is what it was, whatever comes in between.
    let list: [any TemplateValue] = [Parts(["w": Parts(["hello": text("other")])])]
    let values = Parts(["x": text("!"), "l": list])
    #expect(
      try library.knowing(known, in: "main").render("main", values).map {
        String(decoding: $0, as: UTF8.self)
      }
        == "<a Chào c !>Chào")
    #expect(try library.knowing(known, in: "none").render("none", values) == nil)
  }

  @Test func variablesAreWrittenAsTheyCome() throws {
    #expect(
      try render("a {{x}} {{ x }} {{{x}}} {{&x}} {{none}}b", ["x": text("<1>")]) == "a <1> <1> <1> <1> b")
    #expect(try render("{{a.b.c}}{{a.none.c}}", ["a": Parts(["b": Parts(["c": text("x")])])]) == "x")
    #expect(try render("{ {x} }}{", ["x": text("1")]) == "{ {x} }}{")
  }

  @Test func sectionsGoThroughLists() throws {
    let list: [any TemplateValue] = [Parts(["n": text("1")]), Parts(["n": text("2")])]
    #expect(try render("{{#l}}{{n}}{{x}},{{/l}}", ["l": list, "x": text("!")]) == "1!,2!,")
    #expect(try render("{{#l}}{{.}}{{/l}}", ["l": [text("a"), text("b")] as [any TemplateValue]]) == "ab")
    #expect(try render("{{#l}}x{{/l}}{{^l}}none{{/l}}", ["l": [] as [any TemplateValue]]) == "none")
    #expect(
      try render("{{#t}}{{t}}{{/t}}{{#f}}f{{/f}}{{^f}}no{{/f}}{{#n}}n{{/n}}", ["t": true, "f": false]) == "no"
    )
    #expect(try render("{{#x}}<{{x}}>{{/x}}{{^x}}blank{{/x}}", ["x": text("1")]) == "<1>")
    #expect(try render("{{#x}}<{{x}}>{{/x}}{{^x}}blank{{/x}}", ["x": text("")]) == "blank")
    // The innermost that knows a name answers; who knows the first part answers for the rest.
    let inner = Parts(["a": Parts([:])])
    let outer = Parts(["b": text("outer")])
    #expect(try render("{{#i}}[{{a.b}}]{{/i}}", ["i": inner, "a": outer], isShadowed: true) == "[]")
  }

  @Test func aTagAloneOnALineLeavesNoLine() throws {
    #expect(try render("a\n  {{#t}}\nb\n  {{/t}}\nc", ["t": true]) == "a\nb\nc")
    #expect(try render("a\n{{! said\nto nobody }}\nb") == "a\nb")
    #expect(try render("a {{#t}}\nb{{/t}}\nc", ["t": true]) == "a \nb\nc")
    #expect(try render("  {{x}}\n", ["x": text("1")]) == "  1\n")
    #expect(try render("a\r\n{{#t}}\r\nb\r\n{{/t}}", ["t": true]) == "a\r\nb\r\n")
    #expect(try render("a\n{{>p}}\nb", [:], ["p": "P"]) == "a\nPb")
  }

  @Test func partsHaveBlanks() throws {
    let parts = ["p": "[{{$a}}usual {{x}}{{/a}}]", "q": "{{<p}}{{$a}}of q{{/a}}{{/p}}"]
    #expect(try render("{{>p}}{{>none}}", ["x": text("1")], parts) == "[usual 1]")
    #expect(
      try render("{{<p}} ignored {{$a}}mine {{x}}{{/a}}{{/p}}{{>p}}", ["x": text("1")], parts)
        == "[mine 1][usual 1]")
    #expect(try render("{{>q}}{{<q}}{{$a}}outer{{/a}}{{/q}}", [:], parts) == "[of q][outer]")
  }

  @Test func listsKnowWhereTheyAre() throws {
    let list: [any TemplateValue] = ["a", "b", "c"].map { text($0) }
    #expect(
      try render(
        "{{#l}}{{index()}}{{#index()}}{{plusone(.)}}{{/index()}}{{^last()}},{{/last()}}{{/l}}", ["l": list])
        == "01,12,23")
    #expect(
      try render("{{#first(l)}}{{.}}{{/first(l)}}{{#l}}{{^first()}}{{.}}{{/first()}}{{/l}}", ["l": list])
        == "abc")
    // Of a part that is called within, another list decides; after it, this one again.
    #expect(
      try render(
        "{{#l}}{{>p}}{{#last()}}!{{/last()}}{{/l}}", ["l": list, "m": list],
        ["p": "{{#m}}{{#last()}}.{{/last()}}{{/m}}"])
        == "...!")
  }

  @Test func whatCallsItselfForEverEnds() throws {
    #expect(try render("{{>p}}", [:], ["p": "x{{>p}}"]).count == 60)
  }

  @Test(arguments: [
    (
      ["main": "{{>p}}", "p": "{{>p}}{{>p}}"], "p",
      "takes more than 2000000 steps to write, as part of main.mustache"
    ),
    (
      ["main": "{{>q}}", "q": "{{>q}}{{>r}}{{>q}}", "r": "r"], "q",
      "takes more than 2000000 steps to write, as part of main.mustache"
    ),
    (
      ["main": "{{<p}}{{$a}}x{{$a}}{{/a}}{{/a}}{{/p}}", "p": "{{$a}}{{/a}}"], "p",
      "is within itself without end, as part of main.mustache"
    ),
    (
      ["main": "{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}"], "main",
      "it takes more than 2000000 steps to write"
    ),
    (["main": "{{#l}}{{#l}}{{long}}{{/l}}{{/l}}"], "main", "it writes more than 64 MB"),
  ]) func whatGoesOnWithoutEndIsRefused(sources: [String: String], part: String, problem: String) throws {
    let library = TemplateLibrary(try sources.mapValues { try Template($0) })
    let list = [any TemplateValue](repeating: text("a"), count: 100)
    let values = Parts(["l": list, "long": text(String(repeating: "x", count: 10_000))])
    #expect {
      try library.render("main", values)
    } throws: {
      ($0 as? EndlessTemplate)?.part == part && "\($0)" == problem
    }
  }

  @Test func sectionsAreOnlySoDeep() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "{{#a}}\n", count: depth) + String(repeating: "{{/a}}", count: depth)
    }
    #expect(try render(nested(100), ["a": true]) == "")
    for depth in [101, 50_000] {
      #expect { try Template(nested(depth)) } throws: {
        "\($0)" == "line 101: more than 100 sections stand within each other here"
      }
    }
    let counting = String(repeating: "plusone(", count: 50_000) + "." + String(repeating: ")", count: 50_000)
    #expect { try Template("\n{{\(counting)}}") } throws: { "\($0)" == "line 2: this counts on and on" }
  }

  @Test(arguments: [
    ("a\n{{#x}}b", "line 2: {{#x}} has no end"), ("{{#x}}{{/y}}", "line 1: {{/y}} stands where {{/x}} ends"),
    ("{{/x}}", "line 1: {{/x}} stands where nothing ends"), ("\n\n{{x", "line 3: a tag has no end"),
    ("{{}}", "line 1: a tag names nothing"), ("{{a b}}", "line 1: “a b” is no name"),
    ("{{a..b}}", "line 1: “a..b” is no name"),
    ("{{=<% %>=}}", "line 1: {{=<% %>=}} is not understood here"),
    ("a\n{{#x}}\n\nb", "line 2: {{#x}} has no end"),
    ("a\n\n{{/x}}\n", "line 3: {{/x}} stands where nothing ends"),
    ("{{#x}}\n\n{{/y}}\n\n{{/x}}", "line 3: {{/y}} stands where {{/x}} ends"),
    ("{{f(x)}}", "line 1: there is no function “f”"),
    ("{{<p}}{{x}}{{/p}}", "line 1: {{<p}} holds nothing but the blanks that it fills in"),
  ]) func whatIsWrongIsTold(source: String, problem: String) {
    #expect { try Template(source) } throws: { "\($0)" == problem }
  }

  @Test func noSourceBreaksTheParser() {
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "{{", "}}", "#", "^", "/", "$", ">", "<", "!", "{", "}", "a", "b", ".", "(", ")", "\n", " ", "é",
      "first",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let source = (0..<next(14)).map { _ in pieces[next(pieces.count)] }.joined()
      if (try? Template(source)) != nil { read += 1 }
    }
    #expect(read > 100)
  }
}
