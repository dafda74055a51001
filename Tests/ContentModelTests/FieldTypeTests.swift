import ContentModel
import Foundation
import Testing

enum Mood: String, Choice { case calm, wild }

struct Farm: Content {
  static let name = "farm"
  static let help = "A farm"
  static let fields: [Field<Farm>] = [
    Field("name", \.name, .title, .required, check: Field<Farm>.atMost(20)),
    Field("count", \.count), Field("area", \.area), Field("open", \.open), Field("since", \.since),
    Field("site", \.site), Field("mood", \.mood), Field("picture", \.picture), Field("crops", \.crops),
    Field("parent", \.parent, .parent), Field("friends", \.friends), Field("note", \.note),
  ]
  var name = ""
  var count = 0
  var area = 0.0
  var open = false
  var since: Date?
  var site: WebAddress?
  var mood = Mood.calm
  var picture: MediaName?
  var crops: [String] = []
  var parent: Reference<Farm>?
  var friends: References<Farm> = []
  var note: String?
}

@Suite struct FieldTypeTests {
  let shape = Shape(Farm.self)
  static let media = String(repeating: "0a", count: 32) + ".jpg"
  static let values: [FieldValue] = [
    .text("Đồng Tháp"), .integer(3), .real(1.5), .bool(true), .date(Date(timeIntervalSince1970: 60)),
    .text("https://example.vn"), .text("wild"), .text(media), .list([.text("lúa"), .text("ngô")]),
    .integer(7),
    .list([.integer(8), .integer(9)]), .text(""),
  ]

  /// The refusal of `value` for a field of the farm.
  func refusal(_ field: String, _ value: FieldValue) -> Refusal? {
    var values = Self.values
    values[shape.index[field]!] = value
    do {
      _ = try shape.check(values)
      return nil
    } catch {
      #expect(error.refusals.count == 1)
      return error.refusals.first
    }
  }

  @Test func everyTypeGoesThroughTheStructAndBack() throws {
    #expect(try shape.check(Self.values) == Self.values)
    let farm = try Shape.decode(Farm.self, Self.values)
    #expect(farm.mood == .wild && farm.friends.ids == [8, 9] && farm.parent?.id == 7)
    #expect(Shape.encode(farm) == Self.values)
    #expect(try shape.check(shape.initialValues.map { $0 == .text("") ? .text("x") : $0 })[0] == .text("x"))
  }

  @Test(
    arguments: [
      ("name", .integer(1), "name: 1 is not a text"),
      ("count", .text("x"), "count: “x” is not a whole number"),
      ("count", .real(1.5), "count: 1.5 is not a whole number"),
      ("area", .real(.nan), "area: nan is not a number"),
      ("open", .text("ja"), "open: “ja” is not yes or no"),
      ("since", .bool(true), "since: true is not a date"),
      ("site", .integer(2), "site: 2 is not a web address"),
      ("mood", .text("glad"), "mood: “glad” is none of the choices"),
      ("picture", .text("a.jpg"), "picture: “a.jpg” is not the name of a file of this site"),
      ("crops", .text("lúa"), "crops: “lúa” is not a list of texts"),
      ("crops", .list([.null]), "crops: nothing is not a text"),
      ("parent", .text("x"), "parent: “x” is not the id of one farm"),
      ("friends", .integer(1), "friends: 1 is not a list of ids of farm"),
      ("friends", .list([.text("x")]), "friends: “x” is not the id of one farm"),
      ("name", .null, "name: nothing is not a text"),
      ("count", .map(["a": .null]), "count: an object of 1 is not a whole number"),
      ("name", .text("a\u{0}b"), "name: “a b” holds a NUL character"),
      (
        "since", .date(Date(timeIntervalSince1970: 1e12)),
        "since: A date outside the years 0 to 9999 cannot be kept"
      ),
      ("name", .text(" \n"), "name: is missing"),
      ("name", .text(String(repeating: "ă", count: 21)), "name: has 21 characters"),
    ] as [(String, FieldValue, String)])
  func aWrongValueIsNamedWithItsField(field: String, value: FieldValue, message: String) {
    let refusal = refusal(field, value)
    #expect(refusal?.message == message)
    #expect(refusal?.code == .invalid)
    #expect(refusal?.field == field)
  }

  @Test func aWholeNumberIsANumberAndNothingIsAnOptionalsValue() throws {
    #expect(refusal("area", .integer(2)) == nil)
    for field in ["since", "site", "picture", "parent", "note"] { #expect(refusal(field, .null) == nil) }
  }

  @Test func textBecomesNormalFormCAndDatesWholeSeconds() throws {
    var values = Self.values
    values[0] = .text("Hội".decomposedStringWithCanonicalMapping)
    values[4] = .date(Date(timeIntervalSince1970: -0.5))
    values[8] = .list([.text("lúa".decomposedStringWithCanonicalMapping)])
    values[10] = .list([.integer(8), .integer(9), .integer(8)])
    let checked = try shape.check(values)
    #expect(Array(checked[0].text!.utf8) == Array("Hội".utf8))
    #expect(checked[4] == .date(Date(timeIntervalSince1970: -1)))
    guard case .list(let crops) = checked[8] else { return #expect(Bool(false)) }
    #expect(Array(crops[0].text!.utf8) == Array("lúa".utf8))
    #expect(checked[10] == .list([.integer(8), .integer(9)]))
  }

  @Test func aSummaryIsOneShortLine() {
    #expect(FieldValue.text("a\nb\u{1B}[31m\r\nc").summary == "“a b [31m c”")
    #expect(FieldValue.text(String(repeating: "á", count: 1000)).summary.count == 42)
    #expect([FieldValue.null, .list([]), .map([:]), .text("\t")].allSatisfy { $0.isBlank })
    #expect(![FieldValue.bool(false), .integer(0), .text("x"), .list([.null])].contains { $0.isBlank })
  }

  @Test func complaintsBecomeOneRefusal() {
    let complaints = Complaints([
      Refusal(.invalid, "name: is missing", field: "name", hint: "Say it."),
      Refusal(.invalid, "area: is wrong"),
    ])
    #expect(complaints.refusal.message == "name: is missing; area: is wrong")
    #expect(complaints.refusal.hint == "Say it.")
    #expect(Complaints([]).refusal.code == .invalid)
    #expect(Refusal(.usage, "no").at("a.csv, line 3").message == "a.csv, line 3: no")
    #expect(Refusal.Code.allCases.map(\.exitCode) == [2, 3, 4, 5, 6])
  }

  @Test func mediaNamesAreHashesWithAnExtension() {
    let hash = String(repeating: "0123456789abcdef", count: 4)
    for name in [".jpg", ".a", ".webp1234"] { #expect(MediaName.isName(hash + name)) }
    for name in ["", ".", ".JPG", ".jpg/", "./../x", ".abcdefghi", "a.jpg"] {
      #expect(!MediaName.isName(hash + name))
    }
    for name in [hash.uppercased() + ".jpg", "../" + hash.dropFirst(3) + ".jpg", hash.dropLast() + "g.jpg"] {
      #expect(!MediaName.isName(name))
    }
  }

  @Test func anItemIsPublicWithinItsTimes() {
    let now = Date(timeIntervalSince1970: 1000)
    var envelope = Envelope(uid: "u", type: "farm", createdAt: now)
    #expect(!envelope.isPublic(at: now))
    envelope.state = .published
    #expect(envelope.isPublic(at: now))
    envelope.publishAt = now
    #expect(envelope.isPublic(at: now) && !envelope.isPublic(at: now - 1))
    envelope.expireAt = now + 1
    #expect(envelope.isPublic(at: now) && !envelope.isPublic(at: now + 1))
    envelope.trashedAt = now
    #expect(!envelope.isPublic(at: now))
  }
}
