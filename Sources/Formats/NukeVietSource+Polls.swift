import ContentModel

/// Polls: a row of `voting`, its options with their counts in `voting_rows`.
extension NukeVietSource {
  mutating func addPoll(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "poll", key)
    var votes: [(option: String, count: Int64)] = []
    let options = try shelf.rows(key, of: .options, module.base).sorted { $0.number("id") < $1.number("id") }
    for (index, option) in options.enumerated() {
      var text = NukeVietText.line(option["title"])
      if text.isEmpty { text = "\(index + 1)" }
      if votes.contains(where: { $0.option == text }) {
        warn(place, "it has the option “\(text)” twice; the second was numbered")
        text += " (\(index + 1))"
      }
      votes.append((text, max(0, option.number("hitstotal"))))
      leaveOut("option link", option["url"].isEmpty ? 0 : 1)
    }
    leaveOut("poll link", row["link"].isEmpty ? 0 : 1)
    let (opens, closes) = (row.number("publ_time"), row.number("exp_time"))
    var isOn = row["act"] != "0"
    var values: FieldMap = [
      "question": .text(Self.clip(NukeVietText.line(row["question"]), 300, else: "poll \(key)")),
      "options": .list(votes.map { .text($0.option) }),
      // More than there are options is as many as there are.
      "mostChoices": .integer(min(max(1, row.number("acceptcm")), Int64(max(1, votes.count)))),
      "opens": Self.date(opens) ?? .null, "closes": Self.date(closes) ?? .null,
    ]
    if closes > 0, closes <= opens {
      values["closes"] = .null
      isOn = false
      warn(place, "it closes before it opens; the time of closing was left out")
    }
    if let author = try user(row.number("admin_id"), module) { values["author"] = .text(author) }
    if let language = module.language { values["language"] = .text(language) }
    values["state"] = .text(isOn ? "published" : "archived")
    if let date = Self.date(opens) { values["publishAt"] = date }
    values["origin"] = .text(module.origin("poll", key))
    give(
      "poll", values, place,
      rows: votes.map {
        SourceRow(
          "pollCarried", ["option": .text($0.option), "votes": .integer($0.count)], noun: "vote",
          count: Int(clamping: $0.count))
      })
  }
}
