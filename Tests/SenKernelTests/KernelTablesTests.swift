import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Storage
import Testing

/// The kernel's tables and those of content types share a database.
struct KernelTablesTests {
  /// A content type that would be kept in a table of the kernel.
  private struct Setting: Content {
    static let name = "setting"
    static let help = "Taken"
    static let fields: [Field<Setting>] = [Field("title", \.title, .title, .required)]
    var title = ""
  }

  private struct Taking: Plugin {
    let name = "taking"
    let help = "Takes a name"
    let contentTypes = [Shape(Setting.self)]
  }

  @Test func contentTypeIsNotNamedLikeATableOfTheKernel() {
    do {
      _ = try Registry([Taking()])
      Issue.record("it is taken")
    } catch {
      #expect((error as? Refusal)?.message == "Content type “setting”: a table of the kernel has this name")
    }
  }

  private struct Job: Content {
    static let name = "job"
    static let help = "Taken by commands"
    static let fields: [Field<Job>] = [Field("title", \.title, .title, .required)]
    var title = ""
  }
  private struct Hiring: Plugin {
    let name = "hiring"
    let help = "Takes a noun"
    let contentTypes = [Shape(Job.self)]
  }

  @Test func contentTypeIsNotNamedLikeANounOfTheKernel() {
    do {
      _ = try Registry([Hiring()])
      Issue.record("it is taken")
    } catch {
      #expect((error as? Refusal)?.message == "Content type “job”: the kernel's commands have this name")
    }
  }

  @Test func whatNothingEverWroteGoesFromOlderSites() throws {
    let test = try TestSite([])
    try test.site.database.pool.write { db in
      try db.execute(
        sql: "CREATE TABLE media (name TEXT PRIMARY KEY); DELETE FROM migration WHERE name = 'kernel-6'")
    }
    let opened = try Site.open(test.folder, registry: test.site.registry)
    #expect(try opened.read { try !$0.tableExists("media") })
  }

  @Test func everyTableOfTheKernelIsKnown() throws {
    let test = try TestSite([])
    let tables = try test.site.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT lower(name) FROM sqlite_schema
          WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search\\_%' ESCAPE '\\'
          """)
    }
    #expect(Set(tables).subtracting(test.site.registry.shapes.map(\.name)) == Schema.kernelTables)
  }

  @Test func referencesOfOlderSitesStay() throws {
    let test = try TestSite([NewsPlugin()])
    try test.run("category create Lúa")
    try test.run("article create Tin --tags mùa")
    let before = try test.run("article show @last --format json")
    // As it was before `link` became the name of a content type.
    try test.site.database.pool.write { db in
      try db.execute(
        sql: """
          ALTER TABLE itemLink RENAME TO link;
          DROP INDEX itemLinkByTarget;
          CREATE INDEX linkByTarget ON link(targetId, field, itemId);
          DELETE FROM migration WHERE name = 'kernel-5';
          """)
    }
    let opened = try Site.open(test.folder, registry: test.site.registry)
    #expect(try opened.read { try $0.tableExists("itemLink") && !$0.tableExists("link") })
    #expect(try test.run("article show @last --format json") == before)
    #expect(before.contains("\"mua\"") || before.contains("mùa"))
  }
}
