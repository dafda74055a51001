public import SenKernel

/// Polls: questions that readers vote on, once each.
public struct PollsPlugin: Plugin {
  public let name = "polls"
  public let help = "Questions that readers vote on"
  public let contentTypes = [Shape(Poll.self)]
  public let sideTables = [Votes.ballots, Votes.carried]
  public let actions = [Votes.vote]
  public let commands = PollCommands.all
  public let rules = [Votes.rule]
  public let pages = [PollViews.page]
  public let blocks = [PollViews.block]

  public init() {}
}

/// Which poll a block shows.
struct PollBlock: Fielded {
  static let fields: [Field<PollBlock>] = [
    Field("poll", \.poll, help: "Which; the newest open one if empty")
  ]
  var poll: Reference<Poll>?
}
