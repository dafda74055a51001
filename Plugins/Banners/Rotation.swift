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
        return Double(seen) / Double(entry.body.share)
      }
      // Whoever is furthest behind comes first; at par, the order of positions.
      let order = waiting.indices.sorted { (shown[$0], $0) < (shown[$1], $1) }
      return order.prefix(count).map { waiting[$0] }
    }
    return draw(count, waiting, using: &random)
  }

  /// At most `count` banners of a zone for a minute, the same for all who look at a page in it. Each has its turn as
  /// often as its weight says.
  /// - Parameter minute: counted from 1970 on.
  static func turn(of minute: Int, _ count: Int, of zone: Entry<Zone>, _ banners: [Entry<Banner>])
    -> [Entry<Banner>]
  {
    guard zone.body.turns == .sequence else {
      // Neighbouring minutes have nothing to do with each other, nor have zones.
      var random = SplitMix64(UInt64(bitPattern: Int64(minute)) ^ UInt64(bitPattern: zone.envelope.id) << 32)
      return draw(count, banners, using: &random)
    }
    // The smooth weighted round robin of nginx: heavy ones come often, but not all at once.
    let total = banners.reduce(0) { $0 + $1.body.share }
    var credit = banners.map { _ in 0 }
    func next() -> Int {
      for index in banners.indices { credit[index] += banners[index].body.share }
      let index = credit.indices.max { (credit[$0], -$0) < (credit[$1], -$1) } ?? 0
      credit[index] -= total
      return index
    }
    for _ in 0..<minute % total { _ = next() }
    var turns: [Int] = []
    while turns.count < min(count, banners.count) {
      let index = next()
      if !turns.contains(index) { turns.append(index) }
    }
    return turns.map { banners[$0] }
  }

  /// By chance, the heavier the likelier, none twice.
  private static func draw(
    _ count: Int, _ banners: [Entry<Banner>], using random: inout SplitMix64
  ) -> [Entry<Banner>] {
    var waiting = banners
    var picked: [Entry<Banner>] = []
    while picked.count < count, !waiting.isEmpty {
      var ticket = Int.random(in: 0..<waiting.reduce(0) { $0 + $1.body.share }, using: &random)
      let index = waiting.firstIndex { banner in
        ticket -= banner.body.share
        return ticket < 0
      }
      picked.append(waiting.remove(at: index ?? 0))
    }
    return picked
  }
}
