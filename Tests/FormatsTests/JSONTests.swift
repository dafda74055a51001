import ContentModel
import Foundation
import Testing

@testable import Formats

struct JSONTests {
  private func message(_ text: String) throws -> String? {
    try refusal { _ = try JSONReader.value(text) }?.message
  }

  @Test func valuesAreRead() throws {
    let text =
      #" {"a":[1,-0,2.5,1e3,-9223372036854775808,true,false,null],"é\u00e9\ud83d\ude00\/\n":{},"":""} "#
    let expected: FieldMap = [
      "a": .list([
        .integer(1), .integer(0), .real(2.5), .real(1000), .integer(.min), .bool(true), .bool(false), .null,
      ]),
      "éé😀/\n": .map([:]), "": .text(""),
    ]
    #expect(try JSONReader.value(text) == .map(expected))
    #expect(try JSONReader.value("-0.0") == .real(-0.0))
    #expect(try JSONReader.value(#""\u0000""#) == .text("\0"))
  }

  @Test func everyEscapeIsTheCharacterThatItNames() throws {
    for value in (0...0x10FFFF as ClosedRange<UInt32>).lazy.filter({ $0 < 0x3000 || $0 % 97 == 0 }) {
      guard let scalar = UnicodeScalar(value) else { continue }
      let units = Character(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: value % 2 == 0)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      let text = try JSONReader.value("\"\(units.joined())\"").text
      guard text?.unicodeScalars.elementsEqual([scalar]) == true else {
        Issue.record("\(units) became \(text ?? "nothing")")
        return
      }
    }
  }

  @Test(arguments: [
    ("", "column 1: expected a value, found the end"),
    ("[1,]", "column 4: expected a value, found ']'"),
    (#"{"a" 1}"#, "column 6: expected ':', found '1'"),
    (#"{"a":1,}"#, "column 8: expected a name in quotes, found '}'"),
    (#"{"a":1 "b":2}"#, "column 8: expected ',' or '}', found '\"'"),
    ("{a:1}", "column 2: expected a name in quotes, found 'a'"),
    ("1 2", "column 3: expected the end, found '2'"),
    ("01", "column 1: a number may not begin with 0"),
    ("-", "column 2: expected a digit, found the end"),
    ("1.", "column 3: expected a digit, found the end"),
    ("1e+", "column 4: expected a digit, found the end"),
    ("+1", "column 1: expected a value, found '+'"),
    (".5", "column 1: expected a value, found '.'"),
    ("NaN", "column 1: expected a value, found 'N'"),
    ("1e400", "column 1: the number 1e400 is too large"),
    ("9223372036854775808", "column 1: the integer 9223372036854775808 does not fit 64 bits"),
    ("tru", "column 1: expected 'true', found 't'"),
    (#"{"a":1,"a":2}"#, #"column 8: the name "a" occurs twice"#),
    (#""\ud800""#, "column 2: half of a surrogate pair stands alone"),
    (#""\udc00\ud800""#, "column 2: half of a surrogate pair stands alone"),
    (#""\ud800\u0041""#, "column 2: half of a surrogate pair stands alone"),
    (#""\u12g4""#, "column 2: \\u must be followed by four hexadecimal digits"),
    (#""\u12"#, "column 1: the text that begins here has no closing quote"),
    (#""\x""#, "column 2: there is no escape \\'x'"),
    ("\"a\tb\"", "column 3: the control character byte 0x9 in a text must be escaped"),
    ("[\n1,\n  x]", "line 3, column 3: expected a value, found 'x'"),
    ("\u{FEFF}1", "column 1: expected a value, found byte 0xEF"),
    ("[1]\u{B}", "column 4: expected the end, found byte 0xB"),
  ])
  func mistakesAreNamedWithTheirPlace(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }

  @Test func nestingHasALimit() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(try message(nested(64)) == nil)
    #expect(try message(nested(65)) == "column 65: nests deeper than 64 levels")
    #expect(try message(String(repeating: "[", count: 1_000_000)) != nil)
    #expect(try message(String(repeating: #"{"a":"#, count: 1_000_000)) != nil)
  }

  @Test func invalidUTF8IsRefusedWhereverItStands() throws {
    for bytes in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE1, 0x22],
    ] as [[UInt8]] {
      #expect(try refusal { _ = try JSONReader.value(bytes) }?.message == "column 2: is not valid UTF-8")
    }
  }

  @Test func manyNamesAreStillCheckedForDoubles() throws {
    let names = (0..<20_000).map { "\"n\($0)\":0" }
    #expect(try JSONReader.value("{\(names.joined(separator: ","))}") != .null)
    #expect(
      try message("{\((names + ["\"n3\":1"]).joined(separator: ","))}")?.hasSuffix("\"n3\" occurs twice")
        == true)
    #expect(try message("{\((names.prefix(16) + ["\"n15\":1"]).joined(separator: ","))}") != nil)
  }

  @Test func writingIsMinimalAndDeterministic() throws {
    let value: FieldValue = .map([
      "a/b": .text("\"\\/\n\r\t\u{8}\u{C}\u{1}\u{7F}\u{2028}é"), "d": .date(Date(timeIntervalSince1970: 1.9)),
      "r": .list([.real(0.1), .real(1e300), .real(-0.0), .real(3)]), "e": .list([]), "m": .map([:]),
      "n": .null,
    ])
    #expect(
      Samples.text(value) == #"{"a/b":"\"\\/\n\r\t\b\f\u0001"# + "\u{7F}\u{2028}é\""
        + #","d":"1970-01-01T00:00:01Z","r":[0.1,1e+300,-0.0,3.0],"e":[],"m":{},"n":null}"#)
    var pretty: [UInt8] = []
    try JSONWriter.appendPretty(
      .map(["a": .list([.integer(1), .map([:])]), "b": .map(["c": .null])]), to: &pretty)
    #expect(
      String(decoding: pretty, as: UTF8.self)
        == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\": null\n  }\n}")
    var target: [UInt8] = []
    #expect(throws: Refusal.self) { try JSONWriter.append(.real(.nan), to: &target) }
    #expect(throws: Refusal.self) { try JSONWriter.append(.real(-.infinity), to: &target) }
  }

  @Test func randomValuesComeBackByteForByte() throws {
    var random = Seeded(state: 1)
    for _ in 0..<2000 {
      let value = random.value()
      let bytes = Samples.exact(value)
      #expect(Samples.exact(try JSONReader.value(bytes)) == bytes)
      var pretty: [UInt8] = []
      try JSONWriter.appendPretty(value, to: &pretty)
      #expect(Samples.exact(try JSONReader.value(pretty)) == bytes)
      // Foundation reads it, too.
      _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }
  }

  @Test func specialBytesAreFoundAtEveryOffset() {
    for length in 0..<40 {
      for special in [0x22, 0x5C, 0x00, 0x1F, 0x0A] as [UInt8] {
        for offset in 0..<length {
          for filler in [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF] as [UInt8] {
            var bytes = [UInt8](repeating: filler, count: length)
            bytes[offset] = special
            #expect(bytes.withUnsafeBufferPointer { Bytes.firstSpecial(in: $0, from: 0) } == offset)
          }
        }
      }
    }
  }

  @Test func everyTruncationAndEveryChangedByteIsReadOrRefused() throws {
    let bytes = Array(#"{"a":[1,-2.5e3,true,null,"é\u00e9\ud83d\ude00\n"],"b":{"c":"d"}}"#.utf8)
    for end in bytes.indices {
      #expect(throws: Refusal.self) { try JSONReader.value(bytes[..<end]) }
    }
    for index in bytes.indices {
      for byte in UInt8.min ... .max {
        var changed = bytes
        changed[index] = byte
        _ = try refusal { _ = try JSONReader.value(changed) }
      }
    }
  }
}
