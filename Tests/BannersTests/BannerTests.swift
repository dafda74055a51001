import Banners
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

struct BannerTests {
  private let site: TestSite
  private let clock = TestClock("2026-11-18T11:06:40Z")

  init() throws {
    site = try TestSite([BannersPlugin()]) { [clock] in clock.now }
    try site.run("zone create 'Đầu trang' --width 728 --height 90 --turns sequence")
    try site.run(
      "banner create Phân --zone dau-trang --text 'Phân bón' --link https://phan.example/ --is-paid true")
    try site.run("banner create Giống --zone dau-trang --text 'Lúa giống' --weight 3")
    try site.run("banner publish phan giong")
  }

  private func pick(_ more: String = "") throws -> String {
    try site.run("banner pick dau-trang --field title \(more)")
  }

  @Test(arguments: [Int64.max, 0, -5])
  func aWeightThatNoSenHasWrittenIsClamped(weight: Int64) throws {
    try site.site.database.pool.writeWithoutTransaction {
      try $0.execute(sql: "UPDATE banner SET weight = ?", arguments: [weight])
    }
    for turns in ["sequence", "random"] {
      try site.run("zone set dau-trang turns=\(turns)")
      #expect(try pick("--count 2").split(separator: "\n").count == 2)
    }
  }

  @Test func placesAreCountedInEachZone() throws {
    try site.run("zone create 'Cột phải'")
    try site.run("banner create Khác --zone cot-phai --text Khác")
    try site.run("banner create Nữa --zone cot-phai --text Nữa")
    try site.run("banner move nua --position 1")
    #expect(
      try site.run(
        "banner list --filter 'zone=cot-phai' --sort position --fields title,position --format csv"
      )
      .replacing("\r", with: "") == "title,position\nNữa,1\nKhác,\n")
    #expect(
      site.refusal("zone delete cot-phai --force --yes")?.message.contains("cannot be without one") == true)
  }

  @Test func clicksAndImpressionsAreCountedByDay() throws {
    try site.run("config set timeZone Asia/Ho_Chi_Minh")
    let output = MemoryOutput()
    try site.run("banner follow phan", output)
    #expect(output.notes == ["https://phan.example/"])
    for _ in 0..<4 { try site.run("banner seen phan") }
    clock.move(by: 86_400)
    try site.run("banner seen phan")
    #expect(
      try site.run("banner stats phan --daily --format csv")
        == "id,title,day,impressions,clicks,percent\n2,Phân,2026-11-18,4,1,25.0\n2,Phân,2026-11-19,1,0,0.0\n")
    #expect(
      try site.run("banner stats --fields title,impressions,clicks --format csv")
        == "title,impressions,clicks\nPhân,5,1\nGiống,0,0\n")
    #expect(try site.run("banner stats phan --since 2026-11-19 --field impressions") == "1\n")
    #expect(try site.run("banner stats phan --since 30d --field percent") == "20.0\n")
    #expect(try site.run("banner stats --filter 'weight=3' --field title") == "Giống\n")
    #expect(site.refusal("banner stats --since gần")?.code == .invalid)
  }

  @Test func whatIsNotShownIsNotCounted() throws {
    #expect(site.refusal("banner follow giong")?.field == "link")
    try site.run("banner unpublish phan")
    #expect(site.refusal("banner follow phan")?.code == .conflict)
    #expect(site.refusal("banner seen phan")?.code == .conflict)
    #expect(try site.run("banner seen giong --dry-run") == "")
    #expect(try site.run("banner stats --field impressions") == "0\n0\n")
  }

  @Test func bannersInSequenceTakeTurnsByWeight() throws {
    var shown: [String] = []
    for _ in 0..<8 {
      let title = try pick().trimmingCharacters(in: .newlines)
      shown.append(title)
      try site.run("banner seen \(title == "Phân" ? "phan" : "giong")")
    }
    #expect(shown.filter { $0 == "Phân" }.count == 2)
    #expect(try pick("--count 5").split(separator: "\n").count == 2)
  }

  @Test func chanceFollowsTheSeedAndTheWeights() throws {
    try site.run("zone set dau-trang turns=random")
    #expect(try pick("--seed 7") == pick("--seed 7"))
    let picks = try (0..<200).map { try pick("--seed \($0)") }
    #expect((110...190).contains(picks.filter { $0 == "Giống\n" }.count))
    #expect(try pick("--count 2 --seed 1").split(separator: "\n").count == 2)
    #expect(site.refusal("banner pick dau-trang --count 0")?.code == .usage)
  }

  @Test func onlyBannersOfTheHourAreShown() throws {
    try site.run("banner set phan expireAt=+1h")
    try site.run("banner set giong publishAt=+2h")
    #expect(try pick("--count 9") == "Phân\n")
    clock.move(by: 5400)
    #expect(try pick("--count 9") == "")
    clock.move(by: 5400)
    #expect(try pick("--count 9") == "Giống\n")
  }

  @Test func paidLinksSaySo() throws {
    try site.run("banner set phan newWindow=true")
    #expect(try site.run("banner pick dau-trang --field rel") == "sponsored noopener\n")
  }

  @Test func aBannerNeedsSomethingToShow() throws {
    #expect(site.refusal("banner create A --zone dau-trang")?.field == "text")
    #expect(site.refusal("banner create A --text B")?.field == "zone")
    #expect(site.refusal("banner create A --text B --zone dau-trang --weight 101")?.field == "weight")
    #expect(
      site.refusal("banner create A --text B --zone dau-trang --link javascript:alert")?.field == "link")
    #expect(site.refusal("zone create A --width 0")?.field == "width")
    let gif = site.folder + "/a.gif"
    try Data("GIF89a".utf8 + [1, 0, 1, 0, 0, 0, 0, 0x3B]).write(to: URL(filePath: gif))
    let name = try site.run("media add \(gif)").split(whereSeparator: \.isWhitespace).first ?? ""
    #expect(site.refusal("banner create A --zone dau-trang --image \(name)")?.field == "imageAlt")
    try site.run("banner create A --zone dau-trang --image \(name) --image-alt 'Mùa vàng'")
  }

  @Test func countsTravelInArchives() throws {
    try site.run("banner seen phan")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([BannersPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("banner stats --field impressions") == "1\n0\n")
  }

  @Test func aBlockShowsTheBannersOfAZone() throws {
    try site.run("block add banner --region header --set zone=dau-trang --set count=2")
    #expect(site.refusal("block add banner --set zone=dau-trang --set count=0")?.code == .invalid)
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: BannersPlugin()) == [])
  }
}
