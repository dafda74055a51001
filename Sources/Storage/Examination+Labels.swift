import ContentModel
import Foundation
import GRDB
import Vietnamese

/// Titles, slugs, uids and what else an item is known by, where no Sen has written it: an archive with it would not come
/// in again.
extension Examination {
  /// What only one item may have and several have, behind an index that is gone: the later ones get another.
  func duplicates(_ db: Database) throws -> [Ailment] {
    try ["slug", "uid", "origin"].flatMap { name -> [Ailment] in
      let isAlike = name == "slug" ? "o.type = i.type AND o.slug = i.slug" : "o.\(name) = i.\(name)"
      return try Row.fetchAll(
        db,
        sql: """
          SELECT i.id, i.type, i.slug, i.\(name), o.type, o.id FROM item i NOT INDEXED
          JOIN (SELECT min(id) AS id, type, \(name) FROM item NOT INDEXED WHERE \(name) IS NOT NULL
            GROUP BY \(name)\(name == "slug" ? ", type" : "") HAVING count(*) > 1) o
          ON \(isAlike) AND i.id > o.id ORDER BY i.id
          """
      ).map { row in
        let (id, type, slug): (Int64, String, String) = (row[0], row[1], row[2])
        let (value, other, otherID): (String, String, Int64) = (row[3], row[4], row[5])
        let outcome = name == "origin" ? "it has none" : "it gets another"
        return Ailment(
          "\(type) \(id) “\(slug)”: its \(name) “\(value)” is that of \(other) \(otherID); mended \(outcome)"
        ) { db in
          try changing([id], db) { try replace(name, of: id, type, by: value, db) }
        }
      }
    }
  }

  /// Gives an item another slug or uid, made of what it has, or no origin.
  private func replace(_ name: String, of id: Int64, _ type: String, by value: String, _ db: Database) throws
  {
    let new: String?
    switch name {
    case "slug": new = try store.freeSlug(value, of: type, except: id, db)
    case "uid": new = newUID()
    default: new = nil
    }
    try db.execute(sql: "UPDATE item SET \(name) = ? WHERE id = ?", arguments: [new, id])
  }

  private func newUID() -> String {
    var random = SystemRandomNumberGenerator()
    return UID.make(at: now, using: &random)
  }

  /// The texts of a row's envelope that no Sen has written.
  func labels(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    for shape in shapes {
      let statement = try db.makeStatement(
        sql: """
          SELECT id, slug, title, uid, author, language, origin, position, publishAt, expireAt, state FROM item
          WHERE type = ? ORDER BY id
          """)
      try statement.setArguments([shape.name])
      try ItemStore.step(statement, db) { row in
        let id = row.integer(0) ?? 0
        let told = "\(shape.name) \(id) “\(row.string(1) ?? "")”"
        func add(
          _ column: String, _ reason: String, _ outcome: String, hiding: State? = nil,
          _ repair: @escaping (Database) throws -> String?
        ) {
          found.append(
            Ailment("\(told): \(column) \(reason); mended it \(outcome)") { db in
              try changing([id], hiding: hiding, db) {
                let value = try repair(db)
                try db.execute(
                  sql: "UPDATE item SET \(column) = ? WHERE id = ?", arguments: [value, id])
                if column == "title" {
                  try db.execute(
                    sql: "UPDATE item SET sortKey = sortkey(title) WHERE id = ?", arguments: [id])
                }
                guard let hiding else { return }
                try db.execute(
                  sql: "UPDATE item SET state = ? WHERE id = ? AND state = 'published'",
                  arguments: [hiding.rawValue, id])
              }
            })
        }
        let (slug, title, uid) = (label(row, 1), label(row, 2), label(row, 3))
        let isNameless = title.text.allSatisfy(\.isWhitespace)
        if shape.titleIndex.map({ shape.fields[$0].has(.required) }) == true, isNameless {
          add("title", "is empty", "is “\(shape.name) \(id)”") { _ in "\(shape.name) \(id)" }
        } else if let fault = title.fault {
          add("title", fault, "is \(FieldValue.text(title.text).summary)") { _ in title.text }
        }
        if !UID.isUID(row.string(3) ?? "") || uid.fault != nil {
          add("uid", "is \(FieldValue.text(uid.text).summary), which is none", "gets another") { db in
            let plain = uid.text.lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
            if UID.isUID(plain), try store.id(uid: plain, db) == nil { return plain }
            return newUID()
          }
        }
        if !Slugs.isSlug(row.string(1) ?? "") || slug.fault != nil {
          add("slug", "is no slug", "gets another") { db in
            let wanted = [Slugs.make(slug.text), Slugs.make(title.text), "\(shape.name)-\(id)"]
            return try store.freeSlug(wanted.first { !$0.isEmpty } ?? "", of: shape.name, except: id, db)
          }
        }
        for (column, index) in [("author", 4), ("language", 5), ("origin", 6)] {
          let value = label(row, index)
          let isLong = value.text.utf8.count > 4096
          guard value.fault != nil || isLong || column == "language" && !isLanguage(value.text) else {
            continue
          }
          let reason = value.fault ?? (isLong ? "is longer than 4096 bytes" : "“\(value.text)” is none")
          // Of an origin a part would be that of something else.
          guard column == "author", !isLong else {
            add(column, reason, "becomes empty") { _ in nil }
            continue
          }
          add(column, reason, "is \(FieldValue.text(value.text).summary)") { _ in value.text }
        }
        if let position = row.integer(7), !Envelope.positions.contains(position) {
          add("position", "is \(position), which nobody can have counted to", "becomes empty") { _ in nil }
        }
        if let publish = row.string(8).flatMap({ Timestamp.date($0) }),
          let expire = row.string(9).flatMap({ Timestamp.date($0) }), expire <= publish
        {
          let isShown = row.string(10) == State.published.rawValue
          add(
            "expireAt", "is not after publishAt",
            isShown ? "becomes empty, and the \(shape.name) is archived" : "becomes empty",
            hiding: isShown ? .archived : nil
          ) { _ in nil }
        }
        return true
      }
    }
    return found
  }

  /// A text as far as it is one, and what is wrong with it.
  private func label(_ row: RawRow, _ column: Int) -> (text: String, fault: String?) {
    guard let bytes = row.text(column) else { return ("", nil) }
    let text = String(decoding: bytes, as: UTF8.self).replacing("\0", with: "")
    if bytes.contains(0) { return (text, "holds a NUL character") }
    return (text, String(validating: bytes, as: UTF8.self) == nil ? "is no valid text (UTF-8)" : nil)
  }

  /// As operations ask it (BCP 47, roughly).
  private func isLanguage(_ text: String) -> Bool {
    text.isEmpty
      || text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
        (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  /// Former slugs that are none.
  func redirects(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let statement = try db.makeStatement(
      sql: "SELECT type, slug, itemId, hex(slug) FROM redirect ORDER BY type, slug")
    try ItemStore.step(statement, db) { row in
      let (type, item, key) = (row.string(0) ?? "", row.integer(2) ?? 0, row.string(3) ?? "")
      let slug = label(row, 1)
      guard slug.fault != nil || !Slugs.isSlug(slug.text) else { return true }
      found.append(
        Ailment(
          "the former slug \(FieldValue.text(slug.text).summary) of \(type) \(item) is no slug; mended it is made one, or goes"
        ) { db in
          let new = Slugs.make(slug.text)
          let isFree =
            try !new.isEmpty && store.freeSlug(new, of: type, except: item, db) == new
            && store.redirect(from: new, of: type, db) == nil && store.holder(of: new, type: type, db) == nil
          try db.execute(
            sql: "DELETE FROM redirect WHERE type = ? AND hex(slug) = ?", arguments: [type, key])
          if isFree { try store.addRedirect(from: new, of: type, to: item, db) }
        })
      return true
    }
    return found
  }

  /// What the rules of fields and types refuse, though it is of their kind: a number that is too large, what has to be
  /// there and is not.
  func rules(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let strange = try strangeColumns(db)
    for shape in shapes where !strange.contains(where: { $0.hasPrefix("\(shape.name).") }) {
      try store.tolerant.each(shape.name, Query(isTrashed: nil), db) { item in
        do throws(Complaints) { _ = try shape.check(item.values) } catch {
          for refusal in error.refusals { found.append(ailment(of: refusal, item, shape)) }
        }
        return true
      }
    }
    return found
  }

  private func ailment(of refusal: Refusal, _ item: Item, _ shape: Shape) -> Ailment {
    let id = item.envelope.id
    let text = "\(shape.name) \(id) “\(item.envelope.slug)”: \(refusal.message)"
    let index = refusal.field.flatMap { shape.index[$0] }
    if let index, [.integer, .real, .bool, .date].contains(shape.fields[index].kind) {
      let field = shape.fields[index]
      var mended = item.values
      mended[index] = field.isOptional ? .null : field.initial
      if mended[index] != item.values[index], (try? shape.check(mended)) != nil {
        let value = Column.encode(mended[index])
        let outcome = mended[index].isBlank ? "becomes empty" : "becomes \(mended[index].summary)"
        return Ailment("\(text); mended it \(outcome)") { db in
          try changing([id], db) {
            try db.execute(
              sql: "UPDATE \(shape.name.sql) SET \(field.name.sql) = ? WHERE itemId = ?",
              arguments: [value, id])
          }
        }
      }
    }
    // What a text or a choice should be, nobody can know.
    return Ailment("\(text); set it: sen \(shape.name) set \(id) \(refusal.field ?? "FIELD")=VALUE")
  }
}
