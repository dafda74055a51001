import Foundation
import GRDB
import SenKernel

/// What a voter fills in: `poll vote REF --option 2`.
struct Ballot: Fielded {
  static let fields: [Field<Ballot>] = [
    Field("option", \.option, .required, help: "An answer, by its number or its text; may be repeated"),
    Field("voter", \.voter, help: "Who votes, once each; nobody in particular if empty"),
  ]
  var option: [String] = []
  var voter = ""
}

/// The votes of polls: one row a voter, which the table itself holds.
enum Votes {
  static let ballots = SideTable(
    "pollBallot", of: Poll.name, help: "One row a voter, with the texts of the options chosen, as JSON",
    columns: [.init("voter", .text), .init("choices", .texts), .init("at", .date)],
    unique: [["itemId", "voter"]])
  static let carried = SideTable(
    "pollCarried", of: Poll.name, help: "Votes that came with a poll from elsewhere, without their voters",
    columns: [.init("option", .text), .init("votes", .integer)], unique: [["itemId", "option"]])

  static let vote = Action(
    "vote", of: Poll.self, input: Ballot.self, help: "Votes in a poll", isForVisitors: true,
    examples: ["poll vote 12 --option 2", "poll vote 12 --option 'Rất tốt' --voter an"]
  ) { entry, ballot, operation in
    try entry.body.checkOpen(at: operation.now, operation.site)
    var choices: [String] = []
    for text in ballot.option {
      let choice = try option(text, of: entry)
      if !choices.contains(choice) { choices.append(choice) }
    }
    guard choices.count <= entry.body.mostChoices else {
      throw Refusal(
        .invalid, "option: at most \(entry.body.mostChoices) may be chosen, not \(choices.count)",
        field: "option", reason: .tooMany(most: entry.body.mostChoices))
    }
    let voter = ballot.voter.isEmpty ? "-\(UUID().uuidString.lowercased())" : ballot.voter
    do {
      try operation.db.cachedStatement(
        sql: "INSERT INTO pollBallot (itemId, voter, choices, at) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [entry.envelope.id, voter, try json(choices), Timestamp.text(operation.now)])
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw Refusal(.conflict, "“\(ballot.voter)” has voted in this poll already", field: "voter")
    }
    return "Voted for \(choices.map { "“\($0)”" }.joined(separator: ", "))"
  }

  /// The option of a number (from 1) or a text.
  static func option(_ text: String, of entry: Entry<Poll>) throws -> String {
    let options = entry.body.options
    if options.contains(text) { return text }
    if let number = Int(text), (1...options.count).contains(number) { return options[number - 1] }
    let known = options.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
    throw Refusal(
      .notFound, "option: there is no option “\(text)”", field: "option", hint: "There are: \(known)")
  }

  /// Whether somebody has voted in a poll.
  static func isThere(of voter: String, in poll: Int64, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM pollBallot WHERE itemId = ? AND voter = ?)"),
      arguments: [poll, voter]) ?? false
  }

  /// How many chose each option, and how many voted. Votes carried over count as a voter each.
  static func count(_ entry: Entry<Poll>, _ db: Database) throws -> (votes: [Int], voters: Int) {
    let id = entry.envelope.id
    var votes: [String: Int] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT c.value, count(*) FROM pollBallot b, json_each(b.choices) c WHERE b.itemId = ?1 GROUP BY c.value
          UNION ALL SELECT option, votes FROM pollCarried WHERE itemId = ?1
          """), arguments: [id])
    while let row = try rows.next() {
      // An archive may bring any number.
      votes[row[0]] = (votes[row[0]] ?? 0).addingClamped(row[1] as Int)
    }
    let voters =
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT CAST((SELECT count(*) FROM pollBallot WHERE itemId = ?1)
              + (SELECT total(votes) FROM pollCarried WHERE itemId = ?1) AS INTEGER)
            """), arguments: [id]) ?? 0
    return (entry.body.options.map { votes[$0] ?? 0 }, voters)
  }

  /// An option keeps its votes under a new text.
  static func rename(_ old: String, _ new: String, in poll: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE pollBallot SET choices = (
          SELECT json_group_array(CASE c.value WHEN ?2 THEN ?3 ELSE c.value END) FROM json_each(choices) c)
        WHERE itemId = ?1 AND EXISTS (SELECT 1 FROM json_each(choices) c WHERE c.value = ?2)
        """, arguments: [poll, old, new])
    try db.execute(
      sql: "UPDATE pollCarried SET option = ?3 WHERE itemId = ?1 AND option = ?2",
      arguments: [poll, old, new])
  }

  /// Takes an option off every ballot; ballots without a choice go.
  static func remove(_ option: String, from poll: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE pollBallot SET choices = (
          SELECT json_group_array(c.value) FROM json_each(choices) c WHERE c.value <> ?2) WHERE itemId = ?1
        """, arguments: [poll, option])
    try db.execute(sql: "DELETE FROM pollBallot WHERE itemId = ? AND choices = '[]'", arguments: [poll])
    try db.execute(sql: "DELETE FROM pollCarried WHERE itemId = ? AND option = ?", arguments: [poll, option])
  }

  private static func json(_ texts: [String]) throws -> String {
    var bytes: [UInt8] = []
    try JSONWriter.append(.list(texts.map { .text($0) }), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Votes never lose their option: texts that change in their places take them along, one that goes and has votes
  /// is refused.
  static let rule = Rule(of: Poll.self) { old, new, operation in
    guard let old, let new, old.body.options != new.body.options else { return }
    let (before, after) = (old.body.options, new.body.options)
    let (votes, _) = try count(old, operation.db)
    for (place, option) in before.enumerated() where votes[place] > 0 && !after.contains(option) {
      let count = votes[place]
      // Another text in another place is another answer, which nobody has given.
      if before.count == after.count, !before.contains(after[place]) {
        try rename(option, after[place], in: new.envelope.id, operation.db)
        operation.note("“\(after[place])” has the \(Counted.text(count, "vote")) of “\(option)”")
        continue
      }
      throw Refusal(
        .conflict, "options: “\(option)” has \(Counted.text(count, "vote"))", field: "options",
        hint: "Change its text with: poll option edit; or give its votes up: poll option rm REF N --force")
    }
  }
}
