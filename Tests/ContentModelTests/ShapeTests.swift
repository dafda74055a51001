import ContentModel
import Foundation
import Testing

@Suite struct ShapeTests {
  struct Poll: Content {
    static let name = "poll"
    static let help = "A poll"
    static let fields: [Field<Poll>] = [
      Field("question", \.question, .title, .required, check: Field<Poll>.atMost(10)),
      Field("closes", \.closes, help: "No votes after this time"),
      Field("most", \.most),
    ]
    var question = ""
    var closes: Date?
    var most = 1
    func check() throws(Refusal) {
      if most < 1 { throw Refusal(.invalid, "nobody could vote", field: "most") }
    }
  }

  let shape = Shape(Poll.self)

  @Test func valuesGoThroughTheStructAndBack() throws {
    let values: [FieldValue] = [.text("Đúng?"), .date(Date(timeIntervalSince1970: 5)), .integer(2)]
    #expect(try shape.check(values) == values)
    #expect(try Shape.decode(Poll.self, values).most == 2)
    #expect(shape.initialValues == [.text(""), .null, .integer(1)])
  }

  @Test func everythingThatIsWrongIsTold() {
    #expect(throws: Complaints.self) { try shape.check([.text(""), .text("x"), .real(1)]) }
    do {
      _ = try shape.check([.text(" "), .text("x"), .real(1)])
    } catch {
      #expect(error.refusals.map(\.field) == ["question", "closes", "most"])
    }
    #expect(throws: Complaints.self) { try shape.check([.text("12345678901"), .null, .integer(1)]) }
    #expect(throws: Complaints.self) { try shape.check([.text("a"), .null, .integer(0)]) }
  }

  @Test(arguments: [0, 1, -1, 951_782_400, 4_102_444_799, -62_167_219_200, 253_402_300_799])
  func timestampsRoundTrip(seconds: Int) {
    let date = Date(timeIntervalSince1970: TimeInterval(seconds))
    #expect(Timestamp.date(Timestamp.text(date)) == date)
  }

  @Test func timestampsReadOffsetsAndRefuseImpossibleDays() {
    #expect(Timestamp.text(Date(timeIntervalSince1970: 1_580_759_760)) == "2020-02-03T19:56:00Z")
    #expect(Timestamp.date("2020-02-04T02:56:00.5+07:00") == Date(timeIntervalSince1970: 1_580_759_760))
    for wrong in ["2023-02-29T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01", "2023-01-01T00:00:00", ""] {
      #expect(Timestamp.date(wrong) == nil)
    }
  }

  @Test func uidsAreOfVersionSevenAndSortByTime() {
    var random = SystemRandomNumberGenerator()
    let uids = (0..<100).map { UID.make(at: Date(timeIntervalSince1970: Double($0)), using: &random) }
    #expect(uids == uids.sorted())
    #expect(uids.allSatisfy { UID.isUID($0) && Array($0)[14] == "7" })
  }
}
