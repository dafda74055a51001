public import SenKernel

/// Links: addresses elsewhere that the site recommends, in groups; counted, and asked whether they still live.
public struct LinksPlugin: Plugin {
  public let name = "links"
  public let help = "Recommended addresses elsewhere, counted and checked"
  public let contentTypes = [Shape(LinkGroup.self), Shape(Link.self)]
  public let sideTables = [Clicks.table, CheckedLink.table]
  public let actions = [Clicks.follow]
  public let commands = [CheckCommand.command, Clicks.command]
  public let rules = [Lookalikes.rule]
  public let settings: Shape? = Shape(
    LinksSettings.self, name: "links", help: "How links are checked")
  public let pages = [LinkViews.page]
  public let blocks = [LinkViews.block]
  public let jobs = [CheckCommand.job]

  public init() {}
}

/// How links are checked.
struct LinksSettings: Fielded {
  static let fields: [Field<LinksSettings>] = [
    Field("timeout", \.timeout, help: "Seconds that a server may take to answer") {
      (seconds: Int) throws(Refusal) in
      guard (1...300).contains(seconds) else { throw Refusal(.invalid, "has to be 1 to 300") }
    },
    Field("pause", \.pause, help: "Seconds from one question to a server until the next") {
      (seconds: Double) throws(Refusal) in
      guard (0...60).contains(seconds) else { throw Refusal(.invalid, "has to be 0 to 60") }
    },
  ]
  var timeout = 10
  var pause = 0.25
}

/// Which links a block shows.
struct LinksBlock: Fielded {
  static let fields: [Field<LinksBlock>] = [
    Field("group", \.group, help: "Of which group; of all if empty"),
    Field("count", \.count, help: "How many at most") { (count: Int) throws(Refusal) in
      guard (1...100).contains(count) else { throw Refusal(.invalid, "has to be 1 to 100") }
    },
  ]
  var group: Reference<LinkGroup>?
  var count = 10
}
