import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing

struct StructuredDataTests {
  /// The things that a page tells of, by their types.
  private func things(_ path: String, _ portal: Portal) throws -> [String: [String: Any]] {
    let scripts = try portal.text(path).split(separator: "<script type=\"application/ld+json\">").dropFirst()
    var things: [String: [String: Any]] = [:]
    for script in scripts {
      let json = script.prefix { $0 != "<" }
      let thing = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      #expect(thing["@context"] as? String == "https://schema.org")
      things[try #require(thing["@type"] as? String)] = thing
    }
    return things
  }

  private func name(_ thing: Any?) -> String? {
    let thing = (thing as? [Any])?.first ?? thing
    return (thing as? [String: Any]).map { "\($0["@type"] ?? "") \($0["name"] ?? "")" }
  }

  @Test func newsAreArticles() throws {
    let portal = try Portal()
    let site = portal.test.site
    let picture = try site.addMedia(site.pictures.draw(seed: 7, width: 1200, height: 800), ending: "jpg")
    try portal.run("category create 'Đồng ruộng' --state published")
    try portal.run(
      "article create 'Gặt </script>' --summary 'Được mùa' --byline 'Thu Hà' --category dong-ruong --tags lúa"
        + " --cover \(picture) --cover-alt 'Ruộng chín' --state published --publish-at 2026-11-24T01:00:00Z")
    try portal.run("tag set lua state=published")
    _ = try PublishedSizes.makeMissing(site) { _ in }
    let things = try things("/article/gat-script/", portal)
    let article = try #require(things["NewsArticle"])
    #expect(article["headline"] as? String == "Gặt </script>")
    #expect(article["url"] as? String == "https://nongthon.example.vn/article/gat-script/")
    #expect(article["datePublished"] as? String == "2026-11-24T08:00:00+07:00")
    #expect(article["dateModified"] as? String == "2026-11-24T16:00:00+07:00")
    #expect(name(article["author"]) == "Person Thu Hà")
    #expect(name(article["publisher"]) == "Organization Nông thôn mới")
    #expect(article["articleSection"] as? String == "Đồng ruộng")
    #expect(article["keywords"] as? [String] == ["lúa"])
    let image = try #require((article["image"] as? [[String: Any]])?.first)
    #expect(image["url"] as? String == "https://nongthon.example.vn/media/\(picture.prefix(64))/1600.jpg")
    #expect(image["width"] as? Int == 1200)
    #expect(image["caption"] as? String == "Ruộng chín")
    let steps = try #require(things["BreadcrumbList"]?["itemListElement"] as? [[String: Any]])
    #expect(steps.map { $0["name"] as? String } == ["Trang chủ", "Đồng ruộng", "Gặt </script>"])
    #expect(steps.map { $0["position"] as? Int } == [1, 2, 3])

    let head = try portal.text("/article/gat-script/")
    for tag in [
      "<meta property=\"og:type\" content=\"article\">", "<meta property=\"og:locale\" content=\"vi_VN\">",
      "<meta property=\"og:image:alt\" content=\"Ruộng chín\">",
      "<meta property=\"article:section\" content=\"Đồng ruộng\">",
      "<meta property=\"article:tag\" content=\"lúa\">",
      "<meta name=\"robots\" content=\"max-image-preview:large\">",
    ] {
      #expect(head.contains(tag), "\(tag)")
    }
  }

  @Test func thePaperAnswersForWhatNobodyIsNamedFor() throws {
    let portal = try Portal()
    try portal.publish(1)
    let article = try things("/article/tin-1/", portal)["NewsArticle"]
    #expect(name(article?["author"]) == "Organization Nông thôn mới")
    #expect(try !portal.text("/article/tin-1/").contains("application/ld+json\">{\"author\":\"tester"))
  }

  @Test func theFrontPageTellsHowToSearch() throws {
    let site = try things("/", Portal())["WebSite"]
    let action = site?["potentialAction"] as? [String: Any]
    #expect(action?["@type"] as? String == "SearchAction")
    #expect(
      (action?["target"] as? [String: Any])?["urlTemplate"] as? String
        == "https://nongthon.example.vn/search/?q={search_term_string}")
    #expect(action?["query-input"] as? String == "required name=search_term_string")
  }

  @Test func longTitlesAreCutAtAWord() throws {
    let portal = try Portal()
    try portal.run("article create '\(String(repeating: "lúa ", count: 40))' --slug dai --state published")
    let headline = try #require(try things("/article/dai/", portal)["NewsArticle"]?["headline"] as? String)
    #expect(headline.count <= 110)
    #expect(headline.hasSuffix("lúa…"))
  }

  @Test func withoutAnAddressThereIsNothingToSay() throws {
    let portal = try Portal(address: nil)
    try portal.publish(1)
    #expect(try things("/article/tin-1/", portal).isEmpty)
  }
}
