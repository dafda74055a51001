import ContentModel
import Foundation
import GRDB

/// Values that no Sen has written, each with its item and its field.
extension Examination {
  /// One column whose values are of a kind, in a table whose rows are told by another.
  private struct Kept {
    let table: String
    let key: String
    let column: String
    let kind: FieldKind
    let isOptional: Bool
    /// How its row is called: SQL.
    let label: String
    /// What comes in the place of a value that says nothing where the column may not be empty, as SQL and in words.
    var spare = (sql: "'1970-01-01T00:00:00Z'", words: "1970-01-01T00:00:00Z")
  }

  /// Values of items, of what stands beside them, and of the site's own tables.
  func values(_ db: Database) throws -> [Ailment] {
    let strange = try strangeColumns(db)
    return try shapes.flatMap { try values(of: $0, except: strange, db) }
      + kept.filter { try !strange.contains("\($0.table).\($0.column)") && db.tableExists($0.table) }
      .flatMap { try values(of: $0, db) }
      + snapshots(db)
  }

  // MARK: Items

  private static let moments: [(name: String, index: Int, isOptional: Bool)] = [
    ("createdAt", 9, false), ("updatedAt", 10, false), ("publishAt", 11, true), ("expireAt", 12, true),
    ("trashedAt", 13, true),
  ]

  /// What a published item becomes that has lost the date of its name.
  private static let hidden: [String: State] = ["publishAt": .draft, "expireAt": .archived]

  private func values(of shape: Shape, except strange: Set<String>, _ db: Database) throws -> [Ailment] {
    let table = TypedTable(shape)
    let columns = table.columns.filter { !strange.contains("\(shape.name).\(shape.fields[$0].name)") }
    let first = ItemStore.envelopeColumns.count + 1
    var found: [Ailment] = []
    let statement = try db.makeStatement(sql: table.select(columns) + "WHERE i.type = ? ORDER BY i.id")
    try statement.setArguments([shape.name])
    try ItemStore.step(statement, db) { row in
      let id = row.integer(0) ?? 0
      var told: String { "\(shape.name) \(id) “\(row.string(3) ?? "")”" }
      func add(_ table: String, _ key: String, _ column: String, _ fault: Fault, hiding: State? = nil) {
        let text = "\(told): \(column) \(fault.reason)"
        let hidden = hiding.map { ", and the \(shape.name) is \($0.rawValue), for it would be seen" } ?? ""
        found.append(
          Ailment("\(text); mended it \(fault.outcome)\(hidden)") { db in
            try changing([id], hiding: hiding, db) {
              try db.execute(
                sql: "UPDATE \(table.sql) SET \(column.sql) = ? WHERE \(key) = ?",
                arguments: [fault.repair, id])
              // One that another mend has hidden stays so.
              guard let hiding else { return }
              try db.execute(
                sql: "UPDATE item SET state = ? WHERE id = ? AND state = 'published'",
                arguments: [hiding.rawValue, id])
            }
          })
      }
      if row.string(6).flatMap(State.init) == nil {
        let words = State.allCases.map(\.rawValue)
        let fault = Fault(.text(row.string(6) ?? ""), .choice(words), repair: .text(words[0]))
        add("item", "id", "state", fault)
      }
      for (name, index, isOptional) in Self.moments {
        let other = [9, 10].lazy.filter { $0 != index }.compactMap { row.text($0) }
          .compactMap { Timestamp.date(utf8: $0) }.first
        // What is in the trash stays there, from now on.
        let spare: FieldValue = name == "trashedAt" ? .date(now) : isOptional ? .null : .date(other ?? now)
        guard
          let fault = Fault.find(row.storage(index), .date, isOptional: isOptional, spare: spare)
        else { continue }
        // An empty date would show at once, or for ever, what was to be seen at a time that nobody knows.
        let isShown = fault.repair.isNull && row.string(6) == State.published.rawValue
        add("item", "id", name, fault, hiding: isShown ? Self.hidden[name] : nil)
      }
      for (offset, index) in columns.enumerated() {
        let field = shape.fields[index]
        let spare: FieldValue = field.isOptional || field.kind.target != nil ? .null : field.initial
        let fault = Fault.find(
          row.storage(first + offset), field.kind,
          isOptional: field.isOptional || field.kind.target != nil, spare: spare, reading: field.fault)
        if let fault { add(shape.name, "itemId", field.name, field.has(.secret) ? fault.hidden : fault) }
      }
      return true
    }
    return found
  }

  // MARK: Other rows

  /// What stands in a row beside an item where nothing of a value can be understood that has to be there.
  private static func spare(_ kind: FieldKind) -> (sql: String, words: String) {
    switch kind {
    case .bool: ("1", "true")
    case .texts: ("'[]'", "an empty list")
    case .integer, .real: ("0", "0")
    default: ("'1970-01-01T00:00:00Z'", "1970-01-01T00:00:00Z")
    }
  }

  private var kept: [Kept] {
    let beside = sideTables.flatMap { table in
      table.columns.filter { [.date, .bool, .texts, .integer, .real].contains($0.kind) }.map { column in
        Kept(
          table: table.name, key: "id", column: column.name, kind: column.kind,
          isOptional: !column.isRequired, label: "'\(table.name) row ' || id",
          spare: Self.spare(column.kind))
      }
    }
    return beside + [
      Kept(
        table: "user", key: "name", column: "createdAt", kind: .date, isOptional: false,
        label: "'user ' || name"),
      Kept(
        table: "user", key: "name", column: "isDisabled", kind: .bool, isOptional: false,
        label: "'user ' || name", spare: ("1", "true")),
      Kept(
        table: "user", key: "name", column: "role", kind: .choice(roles), isOptional: false,
        label: "'user ' || name", spare: ("'contributor'", "contributor")),
      Kept(
        table: "revision", key: "id", column: "at", kind: .date, isOptional: false,
        label: "'version ' || version || ' of item ' || itemId"),
      Kept(
        table: "journal", key: "id", column: "at", kind: .date, isOptional: false,
        label: "'operation ' || id",
        spare: (
          """
          coalesce((SELECT j.at FROM journal j WHERE j.id < journal.id ORDER BY j.id DESC LIMIT 1),
            '1970-01-01T00:00:00Z')
          """, "that of the operation before"
        )),
      Kept(
        table: "jobRun", key: "job", column: "startedAt", kind: .date, isOptional: false,
        label: "'job ' || job"),
      Kept(
        table: "jobRun", key: "job", column: "finishedAt", kind: .date, isOptional: true,
        label: "'job ' || job"),
      Kept(
        table: "askedSource", key: "source", column: "askedAt", kind: .date, isOptional: false,
        label: "'source ' || source"),
    ]
  }

  private func values(of kept: Kept, _ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let isOrphaned = try kept.table == "user" && !hasAdministrator(db)
    let statement = try db.makeStatement(
      sql: "SELECT \(kept.key.sql), \(kept.column.sql), \(kept.label) FROM \(kept.table.sql)")
    try ItemStore.step(statement, db) { row in
      let fault =
        Fault.find(row.storage(1), kept.kind, isOptional: kept.isOptional, spare: .null)
        ?? Fault.beyond(row.storage(1), kept.kind)
      guard let fault, let key = row.string(0) else { return true }
      let isKnown = !fault.repair.isNull || kept.isOptional
      if kept.table == "user", kept.column != "createdAt" {
        let isRole = kept.column == "role"
        let text = "user \(key): \(kept.column) \(fault.reason)"
        // What it was cannot be known, and nobody would be left who could say it.
        if isOrphaned, !(isRole && isKnown) {
          let command = isRole ? "sen user set-role \(key) administrator" : "sen user enable \(key)"
          found.append(Ailment("\(text), and nobody else is an administrator; if it is one: \(command)"))
          return true
        }
      }
      var outcome = isKnown ? fault.outcome : "becomes \(kept.spare.words)"
      if kept.table == "user", kept.column == "isDisabled" {
        outcome += "; else: sen user enable \(key)"
      } else if kept.table == "user", kept.column == "role", !isKnown {
        outcome += "; else: sen user set-role \(key) ROLE"
      }
      found.append(
        Ailment(
          "\(row.string(2) ?? key): \(kept.column) \(fault.reason); mended it \(outcome)",
          isForGood: Journal.ignored.contains(kept.table)
        ) { db in
          // The key comes first; the column's own type says how it is compared.
          try db.execute(
            sql: """
              UPDATE \(kept.table.sql) SET \(kept.column.sql) = \(isKnown ? "?2" : kept.spare.sql)
              WHERE \(kept.key.sql) = ?1
              """, arguments: isKnown ? [key, fault.repair] : [key])
        })
      return true
    }
    return found
  }

  /// Whether somebody could set right by command what the mend of a user makes of it.
  private func hasAdministrator(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM user WHERE role = 'administrator' AND isDisabled = 0)") ?? false
  }

  /// Former versions that cannot be read.
  private func snapshots(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.id, r.version, r.itemId, i.type, i.slug, r.snapshot FROM revision r
        LEFT JOIN item i ON i.id = r.itemId
        """)
    while let row = try rows.next() {
      guard (try? Snapshot(json: row[5])) == nil else { continue }
      let (id, version, item): (Int64, Int64, Int64) = (row[0], row[1], row[2])
      let (type, slug): (String, String) = (row[3] ?? "item", row[4] ?? "")
      found.append(
        Ailment(
          "\(type) \(item) “\(slug)”: its version \(version) cannot be read; mended it is taken out of the item's revisions"
        ) { try $0.execute(sql: "DELETE FROM revision WHERE id = ?", arguments: [id]) })
    }
    return found
  }

  // MARK: Changes

  /// Changes what items hold as every change of one does: a revision of what they were, as far as that can be read,
  /// and their next version.
  /// - Parameter hiding: what their former versions are where they were published: without the date that could not be read
  ///   who brings one back would publish it.
  func changing(_ ids: [Int64], hiding: State? = nil, _ db: Database, _ body: () throws -> Void) throws {
    let tolerant = store.tolerant
    let items = try ids.compactMap { id -> Item? in
      guard let type = try store.type(of: id, db), shapes.contains(where: { $0.name == type }) else {
        return nil
      }
      var item = try tolerant.fetch(id, of: type, db)
      if let hiding, item?.envelope.state == .published { item?.envelope.state = hiding }
      return item
    }
    try body()
    for item in items {
      let envelope = item.envelope
      if try store.revision(hasVersion: envelope.version, of: envelope.id, db) == false {
        try store.saveRevision(item, actor: actor, at: now, db)
      }
      try db.execute(
        sql: "UPDATE item SET version = ? WHERE id = ?",
        arguments: [try store.nextVersion(after: envelope, db), envelope.id])
    }
  }
}
