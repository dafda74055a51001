import Foundation
import Testing
import Vietnamese

@Suite struct PrintedFormTests {
  let saigon = TimeZone(identifier: "Asia/Ho_Chi_Minh")!

  @Test func momentsPrintAsVietnamesePagesPrintThem() {
    let date = Date(timeIntervalSince1970: 1_580_759_760)
    #expect(VietnameseDate.text(date, timeZone: saigon) == "Thứ ba - 04/02/2020 02:56")
    #expect(PlainDate.text(date, timeZone: saigon) == "2020-02-04 02:56")
    #expect(VietnameseDate.text(date, timeZone: .gmt) == "Thứ hai - 03/02/2020 19:56")
  }

  @Test func everyDayHasItsName() {
    let names = ["Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm"]
    for (day, name) in names.enumerated() {
      let text = VietnameseDate.text(Date(timeIntervalSince1970: Double(day) * 86_400), timeZone: .gmt)
      #expect(text == "\(name) - 0\(day + 1)/01/1970 00:00")
    }
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1.000"), (3843, "3.843"), (-3843, "-3.843"),
    (1_234_567, "1.234.567"),
    (Int.min, "-9.223.372.036.854.775.808"),
  ])
  func wholeNumbersHaveAPointBetweenThousands(number: Int, text: String) {
    #expect(VietnameseNumber.text(number) == text)
  }

  @Test(arguments: [
    (33.16, "33,16"), (1234.5, "1.234,5"), (0.1, "0,1"), (-0.5, "-0,5"),
    (1e21, "1.000.000.000.000.000.000.000"),
    (0.00001, "0,00001"), (25_345.0, "25.345"), (Double.nan, "?"), (Double.infinity, "∞"), (-0.0, "0"),
  ])
  func decimalsHaveAComma(number: Double, text: String) {
    #expect(VietnameseNumber.text(number) == text)
  }

  @Test func decimalsAreAsManyAsAskedFor() {
    #expect(VietnameseNumber.text(25_345, decimals: 2) == "25.345,00")
    #expect(VietnameseNumber.text(999.999, decimals: 2) == "1.000,00")
    #expect(VietnameseNumber.text(-0.001, decimals: 2) == "0,00")
    #expect(VietnameseNumber.text(1234.5, decimals: 0) == "1.234")
  }

  @Test(arguments: [
    (0.3316, "33,16%"), (1.0, "100%"), (0.0, "0%"), (0.5, "50%"), (0.125, "12,5%"), (1.0 / 3, "33,33%"),
  ])
  func sharesPrintAsPercentages(share: Double, text: String) {
    #expect(VietnameseNumber.percent(share) == text)
  }
}
