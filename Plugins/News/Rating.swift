import Foundation
import GRDB
import SenKernel

/// What a reader gives: `article rate REF --points 5`.
struct Rating: Fielded {
  static let fields: [Field<Rating>] = [
    Field("points", \.points, .required, help: "1 (bad) to 5 (good)") { (points: Int) throws(Refusal) in
      guard (1...5).contains(points) else { throw Refusal(.invalid, "has to be 1 to 5") }
    },
    Field("voter", \.voter, help: "Who rates, once each; nobody in particular if empty"),
  ]
  var points = 0
  var voter = ""
}

/// The ratings of articles: one row a voter, which the table itself holds.
enum Ratings {
  static let given = SideTable(
    "articleRating", of: Article.name, help: "One row a voter, with 1 to 5 points",
    columns: [.init("voter", .text), .init("points", .integer), .init("at", .date)],
    unique: [["itemId", "voter"]])
  static let carried = SideTable(
    "articleRatingCarried", of: Article.name,
    help: "The sum of points and the number of ratings that came with an article from elsewhere",
    columns: [.init("points", .integer), .init("votes", .integer)], unique: [["itemId"]])

  static let rate = Action(
    "rate", of: Article.self, input: Rating.self, help: "Rates an article", isForVisitors: true,
    examples: ["article rate 12 --points 5", "article rate 12 --points 4 --voter an"]
  ) { entry, rating, operation in
    guard entry.body.allowRating else {
      throw Refusal(.conflict, "“\(entry.envelope.title)” is not to be rated")
    }
    let voter = rating.voter.isEmpty ? "-\(UUID().uuidString.lowercased())" : rating.voter
    do {
      try operation.db.cachedStatement(
        sql: "INSERT INTO articleRating (itemId, voter, points, at) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [entry.envelope.id, voter, rating.points, Timestamp.text(operation.now)])
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw Refusal(.conflict, "“\(rating.voter)” has rated this article already", field: "voter")
    }
    return "Gave \(Counted.text(rating.points, "point"))"
  }

  /// The points that readers have given an article, and how many gave them; what was carried over included.
  static func sum(of article: Int64, _ db: Database) throws -> (points: Int, votes: Int) {
    let statement = try db.cachedStatement(
      sql: """
        SELECT CAST(total(points) AS INTEGER), CAST(total(votes) AS INTEGER) FROM (
          SELECT sum(points) AS points, count(*) AS votes FROM articleRating
          WHERE itemId = ?1 AND points BETWEEN 1 AND 5
          UNION ALL SELECT points, votes FROM articleRatingCarried WHERE itemId = ?1)
        """)
    try statement.setArguments([article])
    var sum = (points: 0, votes: 0)
    // Asked for on every page of an article.
    try RawRow.first(of: statement, db) { row in
      sum = (Int(row.integer(0) ?? 0), Int(row.integer(1) ?? 0))
    }
    return sum
  }

  static let show = Command(
    CommandSpec(
      noun: Article.name, verb: "ratings", summary: "Shows how readers rate an article",
      discussion:
        "The columns five to one count ratings; carried are those that came from elsewhere, of which only "
        + "the sum is known.",
      arguments: [ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: Article.name))],
      heeds: SharedOption.records,
      examples: ["sen article ratings 12", "sen article ratings 12 --format json"])
  ) { context in
    try context.site.read { db in
      let id = try context.item(Article.name, db)
      var counts = [0, 0, 0, 0, 0]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT points, count(*) FROM articleRating WHERE itemId = ? GROUP BY points",
        arguments: [id])
      while let row = try rows.next() {
        // An archive may bring anything.
        let points: Int = row[0]
        if (1...5).contains(points) { counts[points - 1] = row[1] }
      }
      let old = try Row.fetchOne(
        db, sql: "SELECT points, votes FROM articleRatingCarried WHERE itemId = ?", arguments: [id])
      let (oldPoints, oldVotes): (Int, Int) = old.map { ($0[0], $0[1]) } ?? (0, 0)
      let sum = zip(1..., counts).reduce(oldPoints) { $0.addingClamped($1.0 * $1.1) }
      let votes = counts.reduce(oldVotes) { $0.addingClamped($1) }
      let average: FieldValue =
        votes == 0 ? .null : .real((Double(sum) / Double(votes) * 10).rounded() / 10)
      var sink = try context.records(["average", "ratings", "five", "four", "three", "two", "one", "carried"])
      var row: FieldMap = ["average": average, "ratings": .integer(Int64(votes))]
      for (name, count) in zip(["five", "four", "three", "two", "one"], counts.reversed()) {
        row.append(name, .integer(Int64(count)))
      }
      row.append("carried", .integer(Int64(oldVotes)))
      try sink.write(row)
      try sink.finish()
    }
  }
}
