import Foundation
import GRDB
import SenKernel

/// What banners have beyond the verbs of every noun and their actions.
enum BannerCommands {
  static let all = [pick, stats]

  private static let pick = Command(
    CommandSpec(
      noun: Banner.name, verb: "pick", summary: "Shows which banners of a zone a page would show now",
      discussion: "Nothing is counted.",
      arguments: [ArgumentSpec("zone", help: "An id, a slug or @last", kind: .reference(noun: Zone.name))],
      flags: [
        FlagSpec("count", help: "How many; 1 unless told otherwise", kind: .integer),
        FlagSpec("seed", help: "What decides chance; another each time unless told", kind: .integer),
      ], heeds: SharedOption.records, examples: ["sen banner pick dau-trang --count 2 --seed 7"])
  ) { context in
    let site = try context.site
    let count = context.invocation.integer("count") ?? 1
    guard count > 0 else { throw Refusal(.usage, "--count: at least 1", hint: "Example: --count 2") }
    let seed = context.invocation.integer("seed").map { UInt64(bitPattern: Int64($0)) }
    var random = SplitMix64(seed ?? UInt64.random(in: 0 ... .max))
    var sink = try context.records(["id", "title", "weight", "link", "rel"])
    try site.read { db in
      let id = try context.item(Zone.name, db, argument: "zone")
      guard let zone = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no zone \(id)")
      }
      for banner in try Rotation.pick(count, of: Entry(zone), site, db, using: &random) {
        try sink.write([
          "id": .integer(banner.envelope.id), "title": .text(banner.envelope.title),
          "weight": .integer(Int64(banner.body.weight)), "link": banner.body.link.fieldValue,
          "rel": .text(banner.body.rel),
        ])
      }
    }
    try sink.finish()
  }

  private static let stats = Command(
    CommandSpec(
      noun: Banner.name, verb: "stats", summary: "Tells how often banners were seen and followed",
      arguments: [
        ArgumentSpec(
          "refs", help: "Which; all unless told", kind: .reference(noun: Banner.name), arity: .many)
      ],
      flags: [
        FlagSpec("since", help: "A day, or how long back, such as 30d", kind: .text),
        FlagSpec("daily", help: "A record for each day"),
      ], heeds: SharedOption.records.union(["filter"]),
      examples: ["sen banner stats --since 30d", "sen banner stats 12 --daily --format csv"])
  ) { context in
    let site = try context.site
    let isDaily = context.invocation.has("daily")
    let since = try context.since().map(site.day) ?? ""
    var sink = try context.records(
      ["id", "title"] + (isDaily ? ["day"] : []) + ["impressions", "clicks", "percent"])
    try site.read { db in
      for id in try banners(context, site, db) {
        let title = try site.store.name(of: id, .title, db) ?? ""
        func write(_ day: String?, _ impressions: Int, _ clicks: Int) throws {
          var row: FieldMap = ["id": .integer(id), "title": .text(title)]
          if let day { row.append("day", .text(day)) }
          row.append("impressions", .integer(Int64(impressions)))
          row.append("clicks", .integer(Int64(clicks)))
          let rate = impressions == 0 ? 0 : (Double(clicks) / Double(impressions) * 10_000).rounded() / 100
          row.append("percent", .real(rate))
          try sink.write(row)
        }
        let days = try BannerCounts.days(of: id, since: since, db)
        if isDaily {
          for day in days { try write(day.day, day.impressions, day.clicks) }
        } else {
          try write(
            nil, days.reduce(0) { $0.addingClamped($1.impressions) },
            days.reduce(0) { $0.addingClamped($1.clicks) })
        }
      }
    }
    try sink.finish()
  }

  /// The banners that are named; else all.
  private static func banners(_ context: CommandContext, _ site: Site, _ db: Database) throws -> [Int64] {
    guard context.invocation.values("refs").isEmpty, !context.invocation.has("filter") else {
      return try context.items(Banner.name, db)
    }
    var all: [Int64] = []
    try site.store.each(Banner.name, Query(order: [.init("id")], fields: []), db) {
      all.append($0.envelope.id)
      return true
    }
    return all
  }
}
