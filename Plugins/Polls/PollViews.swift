import Foundation
import SenKernel

/// What visitors see of polls.
enum PollViews {
  static let page = PageType(
    Poll.self, index: .newest(Poll.name, hasFeeds: false),
    shows: [
      ViewField("isOpen", .flag, help: "Whether one can vote now"),
      ViewField("isClosed", .flag, help: "Whether its time is over"),
      ViewField("isMultiple", .flag, help: "Whether several answers may be chosen"),
      ViewField("mostChoices", .whole, help: "How many answers one voter may choose"),
      ViewField("mayShowResults", .flag, help: "Whether the results are for all to see"),
      ViewField("voters", .whole, help: "How many have voted; null while results are not shown"),
      ViewField(
        "options",
        .list(
          .view([
            ViewField("number", .whole), ViewField("text", .text),
            ViewField("votes", .whole, help: "Null while results are not shown"),
            ViewField("percent", .number, help: "Of the voters; null while results are not shown"),
          ])), help: "The answers, with their results"),
    ], view: poll)

  static let block = BlockType(
    "poll", help: "A poll to vote in: the newest that is open, or one", options: PollBlock.self
  ) { options, page in
    let found = try options.poll == nil ? newestOpen(page) : page.entry(options.poll)
    guard let found, let item = try page.item(found.envelope.id) else { return nil }
    var view = try poll(found, page)
    view["item"] = .item(item)
    return view
  }

  @Sendable private static func poll(_ entry: Entry<Poll>, _ page: PageContext) throws -> View {
    let poll = entry.body
    let isClosed = poll.closes.map { $0 <= page.now } ?? false
    let isOpen = !isClosed && poll.opens.map { $0 <= page.now } ?? true
    // It opens and closes by the clock alone.
    for moment in [poll.opens, poll.closes].compactMap(\.self) where moment > page.now {
      page.trace.expires(at: moment)
    }
    var view: View = [
      "isOpen": .flag(isOpen), "isClosed": .flag(isClosed), "isMultiple": .flag(poll.mostChoices > 1),
      "mostChoices": .number(poll.mostChoices),
    ]
    // Asked only where it makes a difference: such a page is made anew for each visitor.
    var hasVoted = false
    if isOpen, poll.results == .afterVoting {
      view["isForVoters"] = .flag(true)
      hasVoted =
        try page.voter(Votes.vote, on: entry.envelope).map {
          try Votes.isThere(of: $0, in: entry.envelope.id, page.db)
        } ?? false
      view["hasVoted"] = .flag(hasVoted)
    }
    if isOpen, !hasVoted, let item = try page.item(entry.envelope.id) {
      view["form"] = .form(noun: Poll.name, action: Votes.vote.name, on: item)
    }
    let sent = page.sent("option", to: Votes.vote, on: entry.envelope.id)
    var options = poll.options.enumerated().map { index, text -> View in
      var option: View = ["number": .number(index + 1), "text": .text(text)]
      if sent.contains(text) || sent.contains(String(index + 1)) { option["isChosen"] = .flag(true) }
      return option
    }
    let mayShowResults = poll.results == .always || isClosed || hasVoted
    view["mayShowResults"] = .flag(mayShowResults)
    if mayShowResults {
      let (votes, voters) = try Votes.count(entry, page.db)
      view["voters"] = .number(voters)
      for (index, count) in votes.enumerated() {
        let percent = voters == 0 ? 0 : (Double(count) / Double(voters) * 1000).rounded() / 10
        options[index]["votes"] = .number(count)
        options[index]["percent"] = .number(percent, decimals: 1)
      }
    }
    view["options"] = .list(options.map { .view($0) })
    return view
  }

  private static func newestOpen(_ page: PageContext) throws -> Entry<Poll>? {
    let now = FieldValue.date(page.now)
    let next = try page.items(
      Poll.name, where: .compare("opens", .greater, now), order: [.init("opens")], limit: 1)
    if let opens = try next.first.flatMap({ try Entry<Poll>($0).body.opens }) {
      page.trace.expires(at: opens)
    }
    let isOpen = Condition.all([
      .any([.compare("opens", .equal, .null), .compare("opens", .atMost, now)]),
      .any([.compare("closes", .equal, .null), .compare("closes", .greater, now)]),
    ])
    return try page.items(Poll.name, where: isOpen, limit: 1).first.map { try Entry($0) }
  }
}
