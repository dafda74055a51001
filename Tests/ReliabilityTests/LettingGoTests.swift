import Foundation
import SenTesting
import Testing

/// What goes into the trash or for good takes nothing from others that they cannot be without, or that whoever removes it
/// may not change.
struct LettingGoTests {
  @Test func aVersionInTheTrashBringsNothingThere() throws {
    let sen = try SenProgram()
    try sen.expect("category create C1 --description 'Ban đầu'")
    try sen.expect("category delete c1")
    try sen.expect("category restore c1")
    try sen.expect("category set c1 description=Sau")
    try sen.expect("article create A1 --category c1")
    try sen.expect("category revert c1 2")
    #expect(try sen.expect("category list --field description") == "Ban đầu\n")
    try sen.expect("site doctor")
  }

  @Test func whoCannotBeWithoutItKeepsIt() throws {
    let sen = try SenProgram()
    try sen.expect("menu create m")
    try sen.expect("menuitem create P --menu m --link /p")
    try sen.expect("menuitem create C --parent p --link /c")
    let before = try TestSite.contents(of: sen.site)
    for command in ["menu delete m --force --yes", "menu delete m --force --yes --dry-run"] {
      let ended = try sen.sh("\"$SEN\" \(command)")
      #expect(ended.code == 5, "\(ended.errors)")
      #expect(ended.errors.contains("menu “m” is the menu of menuitem 2, which cannot be without one"))
    }
    #expect(try TestSite.contents(of: sen.site) == before)
    try sen.expect("menuitem delete --filter 'menu = m' --force --yes")
    try sen.expect("menu delete m --force --yes")
    for _ in 0..<2 { try sen.expect("history undo") }
    #expect(try TestSite.contents(of: sen.site) == before)
  }

  @Test func whatIsInTheTrashTogetherGoesTogether() throws {
    let sen = try SenProgram()
    try sen.expect("menu create m")
    try sen.expect("menuitem create P --menu m --link /p")
    try sen.expect("menuitem create C --parent p --link /c")
    try sen.expect("category create K")
    try sen.expect("article create X --category k")
    for command in ["menuitem delete c", "menuitem delete p", "menu delete m"] { try sen.expect(command) }
    let before = try TestSite.contents(of: sen.site)
    try sen.expect("trash purge --yes")
    #expect(try sen.expect("trash list --format count") == "0\n")
    try sen.expect("history undo")
    #expect(try TestSite.contents(of: sen.site) == before)
  }

  @Test func thePurgeTellsWhoIsLeftWithout() throws {
    let sen = try SenProgram()
    try sen.expect("category create K")
    try sen.expect("article create X --category k")
    // As an import from a site of its own ways would bring it.
    #expect(
      try sen.sh("sqlite3 site/site.db \"UPDATE item SET trashedAt = '2026-01-01T00:00:00Z' WHERE id = 1\"")
        .code
        == 0)
    let doctor = try sen.sh("\"$SEN\" site doctor")
    #expect(doctor.code == 7)
    #expect(
      (doctor.output + doctor.errors).contains(
        "article 2: category refers to category 1, which is in the trash"))
    let purged = try sen.sh("\"$SEN\" trash purge --yes")
    #expect(purged.errors.contains("article 2 “X” is left without it in category"), "\(purged.errors)")
  }

  @Test func whoMayNotChangeTheOthersMayNotTakeItFromThem() throws {
    let sen = try SenProgram()
    for (name, role) in [("lan", "administrator"), ("co", "contributor"), ("ed", "editor")] {
      try sen.expect("user create \(name) --role \(role)")
    }
    try sen.expect("article create 'Bài của cô' --as co")
    try sen.expect("menu create m --as ed")
    try sen.expect("menuitem create 'Mục' --menu m --target article:bai-cua-co --as ed")
    let before = try TestSite.contents(of: sen.site)
    let ended = try sen.sh("\"$SEN\" article delete bai-cua-co --force --yes --as co")
    #expect(ended.code == 6, "\(ended.errors)")
    #expect(ended.errors.contains("may not edit menuitem"), "\(ended.errors)")
    #expect(ended.errors.contains("it would be left without article “bai-cua-co”"), "\(ended.errors)")
    #expect(try TestSite.contents(of: sen.site) == before)
    try sen.expect("article delete bai-cua-co --force --yes --as ed")
  }

  @Test func nothingThatWasRemovedIsNothingToTakeBack() throws {
    let sen = try SenProgram()
    let ended = try sen.sh("\"$SEN\" article delete --filter title~x --force --yes")
    #expect(ended.errors == "Nothing to change\n")
  }
}
