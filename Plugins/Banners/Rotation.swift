import Foundation
import GRDB
import SenKernel

/// Which banners of a zone a page shows.
enum Rotation {
  /// At most `count` banners that visitors may see now, none twice. Nothing is counted by that.
  static func pick(
    _ count: Int, of zone: Entry<Zone>, _ site: Site, _ db: Database, using random: inout SplitMix64
  ) throws -> [Entry<Banner>] {
    let now = site.clock()
    var waiting: [Entry<Banner>] = []
    let isHere = Condition.compare("zone", .equal, .integer(zone.envelope.id))
    let query = Query(
      .all([isHere, .isPublic(Timestamp.text(now))]), order: Query.siblings)
    try site.store.each(Banner.name, query, db) {
      waiting.append(try Entry($0))
      return true
    }
    if zone.body.turns == .sequence {
      let today = site.day(of: now)
      let shown = try waiting.map { entry in
        let seen = try BannerCounts.days(of: entry.envelope.id, since: today, db).first?.impressions ?? 0
        return Double(seen) / Double(entry.body.weight)
      }
      // Whoever is furthest behind comes first; at par, the order of positions.
      let order = waiting.indices.sorted { (shown[$0], $0) < (shown[$1], $1) }
      return order.prefix(count).map { waiting[$0] }
    }
    var picked: [Entry<Banner>] = []
    while picked.count < count, !waiting.isEmpty {
      var ticket = Int.random(in: 0..<waiting.reduce(0) { $0 + $1.body.weight }, using: &random)
      let index = waiting.firstIndex { banner in
        ticket -= banner.body.weight
        return ticket < 0
      }
      picked.append(waiting.remove(at: index ?? 0))
    }
    return picked
  }
}
