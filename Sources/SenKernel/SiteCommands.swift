import ContentModel
import Formats
import Foundation
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
    if context.isDryRun { return context.output.note("Dry run: would have optimized") }
    try context.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "INSERT INTO search (search) VALUES ('optimize'); PRAGMA optimize; VACUUM")
    }
    context.output.note("Optimized")
  }

  private static let doctor = Command(
    CommandSpec(
      noun: "site", verb: "doctor", summary: "Looks for damage: pages, references, missing files",
      examples: ["sen site doctor"])
  ) { context in
    let site = try context.site
    var complaints: [String] = []
    try site.read { db in
      complaints += try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
        complaints.append("dangling reference in \(row[0] as String)")
      }
      complaints += try Schema.drift(
        db, shapes: site.registry.shapes, sideTables: site.registry.sideTables)
      for shape in site.registry.shapes {
        let files = shape.fields.indices.filter { shape.fields[$0].kind == .media }
        guard !files.isEmpty else { continue }
        try site.store.each(
          shape.name, Query(isTrashed: nil, fields: Set(files.map { shape.fields[$0].name })), db
        ) { item in
          for index in files {
            guard let name = item.values[index].text else { continue }
            if !FileManager.default.fileExists(atPath: site.mediaPath(name)) {
              complaints.append(
                "\(shape.name) \(item.envelope.id): the file of \(shape.fields[index].name) is missing")
            }
          }
          return true
        }
      }
      complaints += try BlockCommands.complaints(site, db)
      for plugin in site.registry.plugins { complaints += try plugin.complaints(site, db) }
    }
    for complaint in complaints { context.output.note(complaint) }
    guard complaints.isEmpty else { throw DoneInPart() }
    context.output.note("Nothing is wrong")
  }
}
