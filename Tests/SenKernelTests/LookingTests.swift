import ContentModel
import Foundation
import Testing

/// list, show, exists, filters and formats.
struct LookingTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  @Test func listShowsNewestFirstAndTreesAsTrees() throws {
    #expect(try portal.run("article list --field slug") == "duong-lang\nhoi-nghi-tong-ket\n")
    #expect(try portal.run("category list --field title") == "Tin tức\nNông thôn mới\nOCOP\n")
  }

  @Test(arguments: [
    ("state=draft", "duong-lang"), ("state!=draft", "hoi-nghi-tong-ket"), ("title~duong", "duong-lang"),
    ("tags=lua", "hoi-nghi-tong-ket"), ("tags~DUONG", "hoi-nghi-tong-ket"), ("category=ocop", "duong-lang"),
    ("category in (ocop, tin-tuc)", "duong-lang"), ("not category=ocop", "hoi-nghi-tong-ket"),
    ("summary", "duong-lang"), ("summary=null", "hoi-nghi-tong-ket"),
    ("body~'con duong' and state=draft", "duong-lang"),
    ("title>Đ and title<E", "duong-lang"), ("age>1d", ""), ("allowRating=false", ""),
    ("publishAt=null", "duong-lang"), ("not publishAt<=2026-11-19", "duong-lang"),
    ("category~nong", "hoi-nghi-tong-ket"), ("id>100 or state=draft", "duong-lang"),
    ("publishAt<=2026-11-18", "hoi-nghi-tong-ket"),
    ("publishAt=2026-11-18", "hoi-nghi-tong-ket"), ("publishAt>2026-11-18", ""), ("publishAt=2026-11-17", ""),
    ("tags!~lúa", "duong-lang"),
  ])
  func filtersFind(filter: String, slug: String) throws {
    let expected = slug.isEmpty ? "" : slug + "\n"
    #expect(try portal.run("article list --field slug --filter \"\(filter)\"") == expected)
  }

  @Test func sortingKnowsTheAlphabet() throws {
    for title in ["Xa", "Da", "An", "Ăn", "Êm", "Em"] { try portal.run("topic create \(title)") }
    #expect(
      try portal.run("topic list --sort title --field title") == "An\nĂn\nDa\nEm\nÊm\nMùa vụ\nXa\n")
    #expect(try portal.run("topic list --sort -title --limit 1 --offset 1 --field title") == "Mùa vụ\n")
  }

  @Test func machineFormatsCarryEveryField() throws {
    let json = try JSONSerialization.jsonObject(with: Data(portal.run("article list --format json").utf8))
    let items = try #require(json as? [[String: Any]])
    #expect(items.count == 2)
    #expect(items[1]["tags"] as? [String] == ["lúa", "đường"])
    #expect(items[1]["publishAt"] as? String == "2026-11-18T11:06:40Z")
    #expect(try portal.run("article list --format count") == "2\n")
    #expect(try portal.run("article list --format ids") == portal.run("article list --field id"))
    #expect(try portal.run("article list --format ndjson").split(separator: "\n").count == 2)
    #expect(try portal.run("article list --format csv --fields slug,state").hasPrefix("slug,state"))
    #expect(
      try portal.run("article show duong-lang --format yaml --fields slug").contains("slug: duong-lang"))
    #expect(try portal.run("article list --format markdown --fields slug").contains("| duong-lang |"))
    #expect(try portal.run("article list --format tsv --fields slug,state").contains("duong-lang\tdraft"))
  }

  @Test func oneItemAsJSONIsAnObjectAndSeveralAreAnArray() throws {
    #expect(try portal.run("article show duong-lang --format json").hasPrefix("{"))
    #expect(try portal.run("article show duong-lang hoi-nghi-tong-ket --format json").hasPrefix("["))
  }

  @Test func existsSaysItByItsEnd() throws {
    #expect(portal.refusal("article exists duong-lang") == nil)
    #expect(portal.refusal("article exists duong-lan")?.code == .notFound)
  }

  @Test func referencesAreIdsSlugsRangesLastAndStandardInput() throws {
    let last = try portal.field("id", of: "@last")
    #expect(try portal.field("slug", of: last) == "duong-lang")
    #expect(try portal.run("article show 1-1000 --field slug") == "hoi-nghi-tong-ket\nduong-lang\n")
    #expect(
      try portal.run("article show - --field slug", input: "\(last)\nhoi-nghi-tong-ket\n")
        == "duong-lang\nhoi-nghi-tong-ket\n")
    #expect(portal.refusal("article show 1")?.message.contains("category") == true)
  }

  @Test(arguments: [
    ("article show duong-lag", "duong-lang"), ("article list --filter stat=draft", "state"),
    ("article list --fields titel", "title"), ("article list --sort titel", "title"),
    ("artcle list", "article"),
    ("article lst", "list"), ("article create --titel x", "title"),
    ("article set duong-lang stat=draft", "state"),
    ("article set duong-lang state=drft", "draft"), ("schema fields artcle", "article"),
    ("config get titel", "title"), ("trash list --fields titel", "title"),
  ])
  func mistakesNameTheNearestKnownWord(line: String, near: String) {
    let refusal = portal.refusal(line)
    #expect(refusal?.description.contains(near) == true, "\(refusal?.description ?? "went through")")
    #expect(refusal?.hint != nil)
  }

  @Test func nounsOfTheKernelTellWhatThereIs() throws {
    #expect(try portal.run("site info --format csv").contains("article,2,0"))
    #expect(try portal.run("schema nouns --field noun").contains("category\n"))
    #expect(try portal.run("schema fields article --field field").contains("seoTitle\n"))
    #expect(try portal.run("plugin list --field plugin") == "news\n")
    #expect(try portal.run("plugin info news --field field").contains("coverAlt\n"))
    #expect(try portal.run("schema sql 'SELECT count(*) AS n FROM item' --format csv").hasPrefix("n"))
    #expect(portal.refusal("schema sql 'DELETE FROM item'")?.code == .usage)
    #expect(portal.refusal("schema sql 'SELEC'")?.code != nil)
  }
}
