import Foundation
import SenKernel

/// What visitors see of banners.
enum BannerViews {
  static let block = BlockType("banner", help: "The banners of a zone", options: BannerBlock.self) {
    options, page in
    guard let zone = try page.entry(options.zone), let item = try page.item(zone.envelope.id) else {
      return nil
    }
    let all = try page.items(
      Banner.name, where: .compare("zone", .equal, .integer(zone.envelope.id)), order: Query.siblings
    ).map { try Entry<Banner>($0) }
    guard !all.isEmpty else { return nil }
    var shown = all
    // One block is for many visitors: they take turns by the minute, and in files, which would all be written anew, by the
    // day.
    if all.count > options.count {
      let length: Double = page.isFile ? 86_400 : 60
      let turn = Int((page.now.timeIntervalSince1970 / length).rounded(.down))
      shown = Rotation.turn(of: turn, options.count, of: zone, all)
      page.trace.expires(at: Date(timeIntervalSince1970: Double(turn + 1) * length))
    }
    return ["zone": .item(item), "banners": .list(try shown.compactMap { try view(of: $0, page) })]
  }

  private static func view(of banner: Entry<Banner>, _ page: PageContext) throws -> ViewValue? {
    guard let item = try page.item(banner.envelope.id) else { return nil }
    let follow = PageAddress.action(
      noun: Banner.name, slug: item.envelope.slug, name: BannerCounts.follow.name)
    return .view([
      "item": .item(item), "url": banner.body.link == nil ? .none : .page(follow),
      "address": banner.body.link.map { .address($0.text) } ?? .none,
      "seen": .form(noun: Banner.name, action: BannerCounts.seen.name, on: item),
      "rel": .text(banner.body.rel), "newWindow": .flag(banner.body.newWindow),
      "isPaid": .flag(banner.body.isPaid),
    ])
  }
}
