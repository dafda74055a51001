import Documents
import Foundation
import SenKernel
import SenTesting
import Testing

/// What visitors see of documents.
struct DocumentViewTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let site: TestSite

  init() throws {
    site = try TestSite([DocumentsPlugin()]) { [clock] in clock.now }
    try site.run("area create 'Nông thôn' --slug nong-thon --state published")
    try site.run("area create 'Xã nông thôn mới' --slug xa --parent nong-thon --state published")
    try site.run("area create 'Khác' --slug khac --state published")
    try site.run("documentkind create 'Quyết định' --slug quyet-dinh --state published")
    for (slug, day, more) in [
      ("cu", "2018-05-07", "--area nong-thon --kind quyet-dinh"), ("moi", "2022-08-01", "--area xa"),
      ("nhap", "2023-01-01", "--area xa"), ("khong-ngay", "", "--area khac"),
    ] {
      let state = slug == "nhap" ? "draft" : "published"
      let issued = day.isEmpty ? "" : "--issued-on \(day)"
      try site.run("document create 'Văn bản \(slug)' --slug \(slug) \(issued) \(more) --state \(state)")
    }
  }

  private func flags(_ slug: String, trace: PageTrace = PageTrace()) throws -> [String] {
    let view = try #require(try site.view(ofPage: "document", slug, trace: trace))
    return ["isAhead", "isInForce", "isOver"].filter { view.text($0) == "yes" }
  }

  @Test func documentsAreListedByTheDayOfSigning() throws {
    #expect(try site.index(of: "document") == ["moi", "cu", "khong-ngay"])
    #expect(try site.listing(ofPage: "area", "nong-thon") == ["moi", "cu"])
    #expect(try site.listing(ofPage: "area", "xa") == ["moi"])
    #expect(try site.view(ofPage: "area", "nong-thon")?.text == "{children: [area:xa]}")
    #expect(try site.listing(ofPage: "documentkind", "quyet-dinh") == ["cu"])
    #expect(try site.view(ofPage: "documentkind", "quyet-dinh")?.text == "{children: []}")
    #expect(try site.index(of: "area")?.sorted() == ["khac", "nong-thon", "xa"])
    #expect(try site.index(of: "documentkind") == ["quyet-dinh"])
    // What hangs below a hidden area is not in the one above it.
    try site.run("area unpublish xa")
    #expect(try site.listing(ofPage: "area", "nong-thon") == ["cu"])
    #expect(try site.listing(ofPage: "area", "xa") == nil)
  }

  /// The slugs that are left, and what there is to choose: `kind: quyet-dinh`.
  private func narrowed(_ asked: [String: String]) throws -> (slugs: [String], choices: [String]) {
    try site.site.read { db in
      let page = PageContext(site: site.site, db: db, now: clock.now)
      let type = try #require(site.site.registry.pages["document"])
      let filter = try ListFilter(type, asked, page)
      let listing = try #require(type.index)
      let left = filter.condition.map { listing.narrowed(by: $0) } ?? listing
      let items = try page.items(page.ids(of: left.source, isKept: left.isKept))
      return (
        items.map(\.envelope.slug),
        filter.fields.map { field in
          let choices = field.choices.map {
            String(repeating: "-", count: $0.depth) + $0.value + ($0.isChosen ? "!" : "")
          }
          return "\(field.shape.name): \(choices.joined(separator: " "))"
        }
      )
    }
  }

  @Test func visitorsNarrowTheList() throws {
    let all = try narrowed([:])
    #expect(all.slugs == ["moi", "cu", "khong-ngay"])
    #expect(
      all.choices == [
        "kind: quyet-dinh", "area: nong-thon -xa khac", "issuedOn: 2022 2021 2020 2019 2018",
      ])
    #expect(try narrowed(["area": "nong-thon"]).slugs == ["moi", "cu"])
    #expect(try narrowed(["area": "xa", "kind": ""]).slugs == ["moi"])
    #expect(try narrowed(["kind": "quyet-dinh"]).choices[0] == "kind: quyet-dinh!")
    #expect(try narrowed(["kind": "quyet-dinh", "issuedOn": "2022"]).slugs == [])
    #expect(try narrowed(["issuedOn": "2018", "area": "nong-thon"]).slugs == ["cu"])
    #expect(try narrowed(["q": "van ban moi"]).slugs == ["moi"])
    #expect(try narrowed(["q": "khac-gi"]).slugs == [])
    // What nobody offered is not asked for, and what visitors may not see is neither found nor offered.
    #expect(try narrowed(["area": "' OR 1=1", "issuedOn": "20x8", "state": "draft"]).slugs == all.slugs)
    #expect(try narrowed(["q": "nhap"]).slugs == [])
    try site.run("area unpublish xa")
    #expect(try narrowed(["area": "xa"]).choices[1] == "area: nong-thon khac")
    #expect(try narrowed(["area": "nong-thon"]).slugs == ["cu"])
    // At midnight there, not here.
    try site.run(
      "document create 'Giao thừa' --slug giao-thua --issued-on 2023-12-31T18:00:00Z --state published")
    #expect(try narrowed(["issuedOn": "2024"]).slugs == ["giao-thua"])
  }

  @Test func filesComeWithTheirCountsAndTheAddressThatCounts() throws {
    let path = "\(site.folder)/a.pdf"
    try Data("%PDF-1.4\n".utf8 + [UInt8](repeating: 0x20, count: 1500)).write(to: URL(filePath: path))
    try site.run(
      "attachment create 'Toàn văn' --slug toan-van --document cu --file \(path) --state published")
    try site.run("attachment create 'Nháp' --slug nhap --document cu --file \(path)")
    for _ in 0..<3 { try site.run("attachment download toan-van") }
    let trace = PageTrace()
    #expect(
      try site.view(ofPage: "document", "cu", trace: trace)?.text("files")
        == "[{downloads: 3, ending: pdf, file: file(Toàn văn), item: attachment:toan-van, kilobytes: 2, "
        + "title: Toàn văn, url: /attachment/toan-van/download}]")
    #expect(trace.expiry == clock.now + 600 && trace.nouns.contains("attachment") && trace.media.count == 1)
    #expect(try site.view(ofPage: "document", "moi")?.text("files") == "[]")
    #expect(try site.view(ofPage: "attachment", "toan-van") == nil)
    let action = site.site.registry.actions.first { $0.noun == "attachment" && $0.name == "download" }
    #expect(action?.isForVisitors == true)
  }

  @Test func whatReplacesWhatIsSeenFromBothSides() throws {
    for slug in ["moi", "nhap"] { try site.run("document set \(slug) replaces=cu related=khong-ngay") }
    let old = try #require(try site.view(ofPage: "document", "cu"))
    #expect(old.text("replacedBy") == "[document:moi]" && old.text("replaces") == "[]")
    let new = try #require(try site.view(ofPage: "document", "moi"))
    #expect(new.text("replaces") == "[document:cu]" && new.text("related") == "[document:khong-ngay]")
    #expect(try site.view(ofPage: "document", "khong-ngay")?.text("related") == "[document:moi]")
    try site.run("document set khong-ngay related=moi|cu")
    #expect(
      try site.view(ofPage: "document", "khong-ngay")?.text("related") == "[document:moi, document:cu]")
    try site.run("document delete cu --yes --force")
    #expect(try site.view(ofPage: "document", "moi")?.text("replaces") == "[]")
    #expect(try site.view(ofPage: "document", "cu") == nil)
  }

  @Test func aDocumentIsInForceFromADayToAnother() throws {
    #expect(try flags("cu") == [])
    try site.run("document set cu inForceFrom=2026-11-19 expiresOn=2026-11-21")
    let trace = PageTrace()
    #expect(try flags("cu", trace: trace) == ["isAhead"])
    // Midnight in Vietnam.
    #expect(trace.expiry == Timestamp.date("2026-11-18T17:00:00Z"))
    clock.set("2026-11-18T17:00:00Z")
    #expect(try flags("cu") == ["isInForce"])
    clock.set("2026-11-20T17:00:00Z")
    #expect(try flags("cu") == ["isOver"])
  }

  @Test func aDocumentIsOverWhenWhatReplacesItIsInForce() throws {
    try site.run("document set cu inForceFrom=2018-05-07")
    try site.run("document set moi replaces=cu inForceFrom=2026-11-19")
    try site.run("document set nhap replaces=cu inForceFrom=2022-01-01")
    #expect(try flags("cu") == ["isInForce"])
    clock.move(by: 86_400)
    #expect(try flags("cu") == ["isOver"])
    #expect(try flags("moi") == ["isInForce"])
  }

  @Test func draftsOfLawTakeCommentsForATime() throws {
    try site.run("document set khong-ngay commentsUntil=+1h")
    #expect(try site.view(ofPage: "document", "khong-ngay")?.text("takesComments") == "yes")
    clock.move(by: 3600)
    #expect(try site.view(ofPage: "document", "khong-ngay")?.text("takesComments") == "no")
  }

  @Test func theBlockShowsTheLatestOfAnAreaWithThoseBelow() throws {
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "documents", "count=2", trace: trace)?.text
        == "{items: [document:moi, document:cu]}")
    #expect(trace.nouns.contains("document"))
    #expect(
      try site.view(ofBlock: "documents", "area=nong-thon")?.text
        == "{items: [document:moi, document:cu], more: area:nong-thon}")
    try site.run("document unpublish khong-ngay")
    #expect(try site.view(ofBlock: "documents", "area=khac") == nil)
    try site.run("area unpublish nong-thon")
    #expect(try site.view(ofBlock: "documents", "area=nong-thon") == nil)
  }
}
