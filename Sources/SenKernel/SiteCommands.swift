import ContentModel
import GRDB
import Grammar
import Storage

/// The site as a whole: what it holds, whether it is sound.
enum SiteCommands {
  static let all: [Command] = [siteInfo, optimize, doctor]

  private static let siteInfo = Command(
    CommandSpec(
      noun: "site", verb: "info", summary: "Says what the site holds", heeds: SharedOption.records,
      examples: ["sen site info"])
  ) { context in
    let site = try context.site
    var sink = try Presentation(context, usual: "table").list(["noun", "items", "trashed"])
    try site.read { db in
      for shape in site.registry.shapes {
        let items = try site.store.count(shape.name, Query(), db)
        let trashed = try site.store.count(shape.name, Query(isTrashed: true), db)
        try sink.write([
          "noun": .text(shape.name), "items": .integer(Int64(items)), "trashed": .integer(Int64(trashed)),
        ])
      }
    }
    try sink.finish()
  }

  private static let optimize = Command(
    CommandSpec(
      noun: "site", verb: "optimize", summary: "Makes the database compact and its statistics current",
      examples: ["sen site optimize"])
  ) { context in
    let site = try context.site
    try site.require(.maintain, "optimize the site")
    if context.isDryRun { return context.output.note("Dry run: would have optimized") }
    try site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "INSERT INTO search (search) VALUES ('optimize'); PRAGMA optimize; VACUUM")
    }
    context.output.note("Optimized")
  }

  private static let doctor = Command(
    CommandSpec(
      noun: "site", verb: "doctor", summary: "Looks for damage, and mends what can be mended",
      discussion: """
        Looks at pages, at tables and indexes against those of a new site, at every value, references, trees, the search
        index word by word, every file against its hash, and at what plugins keep beside the database. With --fix all
        that can be mended in the database is, in one operation, which `history undo` takes back; lost and damaged files
        are taken from the backups.
        """,
      flags: [FlagSpec("fix", help: "Mends what can be mended")],
      examples: ["sen site doctor", "sen site doctor --fix --dry-run", "sen site doctor --fix"])
  ) { context in
    try Doctor(context).run(mends: context.invocation.has("fix"))
  }
}
