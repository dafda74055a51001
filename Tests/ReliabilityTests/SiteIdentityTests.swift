import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Testing

/// By which a published tree tells whose it is.
struct SiteIdentityTests {
  private let test: TestSite

  init() throws {
    test = try TestSite([NewsPlugin()])
    try test.run("article create 'Hội nghị' --state published")
  }

  private func identity(_ site: Site) throws -> String? { try site.read { try site.identity($0) } }

  private func reopened(_ folder: String) throws -> Site {
    try Site.open(folder, registry: test.site.registry, actor: "tester", note: { _ in })
  }

  @Test func itComesBackWithBackupsAndIsInNoArchive() throws {
    let own = try #require(try identity(test.site))
    #expect(own.count == 32 && own.allSatisfy(\.isHexDigit))
    let backups = "\(test.folder)/kept"
    try test.run("backup create --to \(backups)")
    try test.run("export archive --to \(test.folder)/a.tar")
    let other = try TestSite([NewsPlugin()])
    #expect(try identity(other.site) != own)
    try other.run("import archive \(test.folder)/a.tar")
    #expect(try identity(other.site) != own)
    try other.run("backup restore @last --from \(backups) --yes")
    #expect(try identity(reopened(other.folder)) == own)
  }

  @Test func aBackupFromBeforeThereWereAnyGetsThatOfTheSite() throws {
    try test.site.database.pool.writeWithoutTransaction {
      try $0.execute(sql: "DROP TABLE siteIdentity; DELETE FROM migration WHERE name = 'kernel-12'")
    }
    #expect(try identity(test.site) == nil)
    let backups = "\(test.folder)/kept"
    try test.run("backup create --to \(backups)")
    // The new version opens the site.
    let own = try #require(try identity(reopened(test.folder)))
    try test.run("backup restore @last --from \(backups) --yes")
    #expect(try identity(reopened(test.folder)) == own)
  }
}
