import GRDB
import SenKernel

/// How often links are followed: a number a day, and nothing about who followed.
enum Clicks {
  static let table = SideTable(
    "linkClick", of: Link.name, help: "How often a link was followed on a day of the site's time zone",
    columns: [.init("day", .text), .init("clicks", .integer, isCount: true)], unique: [["itemId", "day"]])

  private static func destination(_ entry: Entry<Link>) -> ViewValue {
    entry.body.url.map { .address($0.text) } ?? .none
  }

  static let follow = Action(
    "follow", of: Link.self, input: NoOptions.self, help: "Counts a click and says where the link leads",
    isForVisitors: true, isJournaled: false, examples: ["link follow 12"],
    destination: destination
  ) { entry, _, operation in
    try operation.db.cachedStatement(
      sql: """
        INSERT INTO linkClick (itemId, day, clicks) VALUES (?, ?, 1)
        ON CONFLICT (itemId, day) DO UPDATE SET clicks = clicks + 1
        """
    ).execute(arguments: [entry.envelope.id, operation.site.day(of: operation.now)])
    return entry.body.url?.text ?? ""
  }

  static let command = Command(
    CommandSpec(
      noun: Link.name, verb: "clicks", summary: "Tells how often links were followed, the most first",
      flags: [FlagSpec("by-day", help: "A line for each day, the newest first")], heeds: SharedOption.records,
      examples: ["sen link clicks --limit 10", "sen link clicks --by-day --format csv"])
  ) { context in
    let isByDay = context.invocation.has("by-day")
    let columns = isByDay ? ["day", "id", "title", "clicks"] : ["id", "title", "clicks", "last"]
    try context.site.read { db in
      var sink = try context.records(columns)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT max(c.day) AS day, max(c.day) AS last, i.id, i.title, CAST(total(c.clicks) AS INTEGER) AS clicks
          FROM linkClick c JOIN item i ON i.id = c.itemId WHERE i.trashedAt IS NULL
          GROUP BY c.itemId\(isByDay ? ", c.day" : "")
          ORDER BY \(isByDay ? "day DESC, " : "")clicks DESC, i.id
          """)
      while let row = try rows.next() {
        var record = FieldMap()
        for column in columns {
          let isNumber = column == "id" || column == "clicks"
          record.append(column, isNumber ? .integer(row[column]) : .text(row[column]))
        }
        try sink.write(record)
      }
      try sink.finish()
    }
  }
}
