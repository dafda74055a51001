public import SenKernel

/// Banners: pictures and texts that take turns in zones, and how often they were seen and followed.
public struct BannersPlugin: Plugin {
  public let name = "banners"
  public let help = "Banners in zones, with counts of impressions and clicks"
  public let contentTypes = [Shape(Zone.self), Shape(Banner.self)]
  public let sideTables = [BannerCounts.table]
  public let actions = [BannerCounts.follow, BannerCounts.seen]
  public let commands = BannerCommands.all
  public let blocks = [BannerViews.block]

  public init() {}
}

/// Whose banners a block shows, and how many.
struct BannerBlock: Fielded {
  static let fields: [Field<BannerBlock>] = [
    Field("zone", \.zone, .required, help: "Which zone's"),
    Field("count", \.count, help: "How many at once, 1 to 20") { (count: Int) throws(Refusal) in
      guard (1...20).contains(count) else { throw Refusal(.invalid, "has to be 1 to 20") }
    },
  ]
  var zone: Reference<Zone>?
  var count = 1
}
