import Foundation
import GRDB
import SenKernel

/// A link and what came of asking its address.
struct CheckedLink {
  let id: Int64
  let title: String
  let url: String
  /// Of this address; an answer of an earlier one does not count.
  var answer: LinkAnswer?
  var at: Date?

  static let table = SideTable(
    "linkCheck", of: Link.name, help: "What a link's address answered when it was last asked",
    columns: [
      .init("at", .date), .init("checkedURL", .text), .init("status", .integer, isRequired: false),
      .init("finalAddress", .text), .init("isPermanent", .bool), .init("failure", .text, isRequired: false),
    ], unique: [["itemId"]])

  /// All links that are not in the trash, by id.
  static func all(_ db: Database) throws -> [CheckedLink] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT i.id, i.title, l.url, c.at, c.status, c.finalAddress, c.isPermanent, c.failure
        FROM link l JOIN item i ON i.id = l.itemId
        LEFT JOIN linkCheck c ON c.itemId = l.itemId AND c.checkedURL = l.url
        WHERE i.trashedAt IS NULL ORDER BY i.id
        """
    ).map { row in
      let address: String? = row["finalAddress"]
      return CheckedLink(
        id: row["id"], title: row["title"], url: row["url"],
        answer: address.map {
          LinkAnswer(
            status: row["status"], finalAddress: $0, isPermanent: row["isPermanent"], failure: row["failure"])
        }, at: (row["at"] as String?).flatMap { Timestamp.date($0) })
    }
  }

  /// Asks the addresses of `links`, each address once, and remembers every answer as it comes.
  /// - Parameters:
  ///   - isDryRun: asks, but remembers nothing.
  ///   - progress: is told how many links are done.
  /// - Returns: the links that were asked, by id.
  static func ask(
    _ links: [CheckedLink], _ site: Site, isDryRun: Bool = false, isStopped: () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) throws -> [CheckedLink] {
    let settings = try site.settings(LinksSettings.self, of: "links")
    let site = site.inOneEntry()
    let byAddress = Dictionary(grouping: links, by: \.url)
    let addresses = byAddress.keys.sorted()
    var round = PoliteRound()
    round.pause = settings.pause
    var asked: [CheckedLink] = []
    let (fetcher, timeout) = (site.fetcher, Double(settings.timeout))
    func remember(_ place: Int, _ answer: LinkAnswer) throws {
      let now = site.clock()
      let done = byAddress[addresses[place], default: []].map { link in
        var link = link
        (link.answer, link.at) = (answer, now)
        return link
      }
      try site.write(isDryRun: isDryRun) { operation in
        for link in done { try link.save(operation.db) }
      }
      asked += done
      progress(asked.count)
    }
    try round.run(
      addresses, ask: { LinkAnswer.ask($0, fetcher, timeout: timeout) }, isStopped: isStopped, done: remember)
    return asked.sorted { $0.id < $1.id }
  }

  private func save(_ db: Database) throws {
    guard let answer, let at else { return }
    // Nothing for a link that was removed meanwhile.
    try db.cachedStatement(
      sql: """
        INSERT INTO linkCheck (itemId, at, checkedURL, status, finalAddress, isPermanent, failure)
        SELECT itemId, ?2, ?3, ?4, ?5, ?6, ?7 FROM link WHERE itemId = ?1
        ON CONFLICT (itemId) DO UPDATE SET at = ?2, checkedURL = ?3, status = ?4, finalAddress = ?5,
          isPermanent = ?6, failure = ?7
        """
    ).execute(arguments: [
      id, Timestamp.text(at), url, answer.status, answer.finalAddress, answer.isPermanent, answer.failure,
    ])
  }
}
