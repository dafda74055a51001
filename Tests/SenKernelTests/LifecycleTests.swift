import ContentModel
import Foundation
import SenTesting
import Testing

/// publish, move, clone, delete, restore, versions, tags, settings, files.
struct LifecycleTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  @Test func publishingIsNowOrLater() throws {
    try portal.run("article publish duong-lang --at 'tomorrow 08:00'")
    #expect(try portal.field("publishAt", of: "duong-lang") == "2026-11-19T01:00:00Z")
    try portal.run("article publish duong-lang")
    #expect(try portal.field("publishAt", of: "duong-lang") == "2026-11-18T11:06:40Z")
    try portal.run("article unpublish duong-lang")
    #expect(try portal.field("state", of: "duong-lang") == "draft")
    #expect(
      portal.refusal("article set duong-lang publishAt=2026-12-01 expireAt=2026-11-30")?.code == .invalid)
  }

  @Test func movingGivesAPlaceAmongSiblings() throws {
    for title in ["A", "B", "C"] { try portal.run("category create \(title) --parent tin-tuc") }
    try portal.run("category move c --position 1")
    #expect(try portal.run("category list --filter parent=tin-tuc --field slug").hasPrefix("c\n"))
    #expect(portal.refusal("category move c --position 0")?.code == .usage)
  }

  @Test func aCloneIsADraftOfItsOwn() throws {
    try portal.run("article clone hoi-nghi-tong-ket")
    #expect(try portal.field("state", of: "@last") == "draft")
    #expect(try portal.field("slug", of: "@last") == "hoi-nghi-tong-ket-2")
    #expect(try portal.field("tags", of: "@last") == "lúa, đường")
  }

  @Test func theTrashGivesBackAndIsPurged() throws {
    try portal.run("article delete duong-lang")
    #expect(portal.refusal("article set duong-lang state=review")?.hint?.contains("restore") == true)
    #expect(try portal.run("trash list --field title") == "Đường làng\n")
    try portal.run("article restore duong-lang")
    try portal.run("article delete duong-lang")
    let id = try portal.field("id", of: "duong-lang")
    try portal.run("trash restore \(id)")
    #expect(try portal.field("state", of: id) == "draft")
    try portal.run("article delete duong-lang")
    #expect(portal.refusal("trash purge")?.code == .declined)
    try portal.run("trash purge --yes")
    #expect(portal.refusal("article exists duong-lang")?.code == .notFound)
    #expect(portal.refusal("article delete hoi-nghi-tong-ket --force")?.code == .declined)
    try portal.run("article delete hoi-nghi-tong-ket --force --yes")
    #expect(try portal.run("article list --format count") == "0\n")
  }

  @Test func versionsAreListedComparedAndBroughtBack() throws {
    try portal.run("article set duong-lang title='Đường mới' summary=")
    try portal.run("article set duong-lang state=review")
    #expect(try portal.run("article revisions duong-lang --field version") == "1\n2\n3\n")
    #expect(try portal.run("article diff duong-lang") == "state: draft → review\n")
    #expect(try portal.run("article diff duong-lang 1 2").contains("title: Đường [-làng-]{+mới+}"))
    #expect(try portal.run("article diff duong-lang 1 --format json").contains("\"field\""))
    try portal.run("article revert duong-lang 1")
    #expect(try portal.field("title", of: "duong-lang") == "Đường làng")
    #expect(try portal.field("summary", of: "duong-lang") == "Dài 3 km")
    #expect(portal.refusal("article revert duong-lang 9")?.hint?.contains("1, 2, 3") == true)
    #expect(portal.refusal("article diff duong-lang 9")?.code == .notFound)
  }

  @Test func aFormerSlugGoesOnLeadingThere() throws {
    try portal.run("article set duong-lang slug=duong-moi")
    #expect(try portal.field("slug", of: "duong-lang") == "duong-moi")
    #expect(try portal.run("redirect list --format csv --fields from,to").contains("duong-lang,duong-moi"))
  }

  @Test func tagsAreRenamedMergedAndPruned() throws {
    try portal.run("tag rename lua 'Lúa gạo'")
    #expect(try portal.field("tags", of: "hoi-nghi-tong-ket") == "Lúa gạo, đường")
    #expect(try portal.field("title", of: "lua", noun: "tag") == "Lúa gạo")
    try portal.run("tag create 'lúa nước'")
    try portal.run("article set duong-lang tags='lúa nước'")
    try portal.run("tag merge lua-nuoc lua-gao")
    #expect(try portal.field("tags", of: "duong-lang") == "Lúa gạo")
    try portal.run("tag create thừa")
    #expect(portal.refusal("tag prune")?.code == .declined)
    try portal.run("tag prune --yes")
    #expect(portal.refusal("tag exists thua")?.code == .notFound)
  }

  @Test func settingsAreCheckedKeptAndUnset() throws {
    try portal.run("config set title 'Nông thôn mới'")
    #expect(try portal.run("config get title") == "Nông thôn mới\n")
    #expect(portal.refusal("config set timeZone Hanoi")?.code == .invalid)
    #expect(portal.refusal("config set address nowhere")?.code == .invalid)
    #expect(try portal.run("config get timeZone") == "Asia/Ho_Chi_Minh\n")
    try portal.run("config set slogan 'Làng quê đáng sống'")
    try portal.run("config set language en")
    #expect(try portal.run("config get slogan") == "Làng quê đáng sống\n")
    #expect(portal.refusal("config set language ''")?.code == .invalid)
    try portal.run("config set timeZone UTC")
    try portal.run("article publish duong-lang --at '2026-11-20 08:00'")
    #expect(try portal.field("publishAt", of: "duong-lang") == "2026-11-20T08:00:00Z")
    try portal.run("config unset timeZone")
    #expect(try portal.run("config list --format csv").contains("Asia/Ho_Chi_Minh"))
  }

  @Test func filesAreKeptByTheirContentAndPruned() throws {
    let path = portal.site.folder + "/lua.jpg"
    try Data.smallPicture("no dots, but bytes").write(to: URL(filePath: path))
    let name = String(try portal.run("media add \(path)").dropLast())
    try portal.run("article set duong-lang cover=\(path)")
    #expect(try portal.field("cover", of: "duong-lang") == name)
    #expect(try portal.run("media list --field name") == name + "\n")
    try portal.run("article set duong-lang cover=")
    // A former version still needs it.
    #expect(try portal.notes("media prune --yes") == ["Every file is in use"])
    try portal.run("article delete duong-lang --force --yes")
    // So does whoever takes that back.
    #expect(try portal.notes("media prune --yes").first == "Kept for history undo: 1 file (--all)")
    try portal.run("history undo")
    try portal.run("history undo")
    #expect(try portal.field("cover", of: "duong-lang") == name)
    try portal.run("history redo")
    try portal.run("article delete duong-lang --force --yes")
    try portal.run("media prune --all --yes")
    #expect(try portal.run("media list --format count") == "0\n")
    #expect(portal.refusal("article set hoi-nghi-tong-ket cover=/nowhere.jpg")?.code == .notFound)
  }

  @Test func theSiteIsSoundAndSaysWhenAFileIsGone() throws {
    #expect(try portal.notes("site doctor") == ["Nothing is wrong"])
    let path = portal.site.folder + "/lua.jpg"
    try Data.smallPicture("bytes").write(to: URL(filePath: path))
    try portal.run("article set duong-lang cover=\(path)")
    try FileManager.default.removeItem(atPath: portal.site.folder + "/media")
    let output = MemoryOutput()
    #expect(throws: (any Error).self) { try portal.site.run("site doctor", output) }
    #expect(output.notes.contains { $0.contains("cover") })
    try portal.run("site optimize")
    try portal.run("search reindex")
    #expect(try portal.run("search duong --format ids").split(separator: "\n").count >= 1)
  }

  @Test func aTagHasATitleOfItsOwn() throws {
    #expect(portal.refusal("tag create lúa")?.code == .conflict)
    #expect(portal.refusal("tag rename duong lúa")?.hint?.contains("tag merge") == true)
    #expect(portal.refusal("tag set duong title=lúa")?.code == .conflict)
    try portal.run("tag create Lúa")
    try portal.run("tag delete lua --yes")
    try portal.run("tag rename duong lúa")
    #expect(portal.refusal("tag restore lua")?.code == .conflict)
    #expect(try portal.run("tag list --field title") == "Lúa\nlúa\n")
    try portal.run("article set duong-lang tags=lúa")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa")
  }

  @Test func whatIsInTheTrashIsNotGivenToOthers() throws {
    try portal.run("category create Rác")
    try portal.run("category delete rac")
    #expect(portal.refusal("article set duong-lang category=rac")?.hint?.contains("category restore") == true)
    try portal.run("tag create mới")
    try portal.run("article set duong-lang tags=mới,lúa")
    try portal.run("tag delete moi")
    #expect(portal.refusal("article create X --tags mới")?.hint?.contains("tag restore") == true)
    try portal.run("article set duong-lang tags-=mới")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa")
  }
}
