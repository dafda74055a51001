import ContentModel
import Foundation

/// Articles: a row of `rows`, its text in `detail`, and what they refer to.
extension NukeVietSource {
  mutating func addArticle(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "article", key)
    let detail = try shelf.row(key, of: .details, module.base)
    if detail == nil { warn(place, "its text is not in the dump") }
    let title = NukeVietText.line(row["title"])
    var values: FieldMap = [
      "title": .text(title), "summary": .text(NukeVietText.plain(row["hometext"])),
    ]
    try addCategories(row, to: &values, module, place)
    let topic = row.number("topicid")
    values["topic"] = try reference(topic, .topics, "topic", module, place)
    try addOrigin(row, detail?["sourcetext"] ?? "", to: &values, module, place)
    let names =
      try shelf.rows(key, of: .authors, module.base).map { $0["pseudonym"] } + [row["author"]]
    values["byline"] = .text(
      names.map(NukeVietText.line).filter { !$0.isEmpty }.joined(separator: ", "))
    addCover(row, to: &values, module, place)
    values["allowRating"] = .bool(row["allowed_rating"] != "0")
    values["seoTitle"] = .text(NukeVietText.line(detail?["titlesite"] ?? ""))
    values["seoDescription"] = .text(NukeVietText.plain(detail?["description"] ?? ""))
    values["bodyFormat"] = .text("html")
    values["body"] = .text(detail?["bodyhtml"] ?? "")
    if !row["alias"].isEmpty { values["slug"] = .text(NukeVietText.line(row["alias"])) }
    if let author = try user(row.number("admin_id"), module) { values["author"] = .text(author) }
    if let language = module.language { values["language"] = .text(language) }
    addState(row, to: &values, place)
    values["origin"] = .text(module.origin("article", key))
    values["tags"] = .list(try tags(of: key, module))
    countRest(row, detail)
    var rows: [SourceRow] = []
    let (points, ratings) = (row.number("total_rating"), row.number("click_rating"))
    if ratings > 0 {
      rows.append(
        SourceRow(
          "articleRatingCarried", ["points": .integer(points), "votes": .integer(ratings)], noun: "rating",
          count: Int(clamping: ratings)))
    }
    give("article", values, place, rows: rows + Self.views(row.number("hitstotal")))
  }

  /// The main category and the further ones, out of `catid` 1 and `listcatid` "1,5,7".
  private mutating func addCategories(
    _ row: NukeVietRecord, to values: inout FieldMap, _ module: NukeVietModule, _ place: String
  ) throws {
    var keys = [row.number("catid")]
    for part in row["listcatid"].split(separator: ",") {
      if let key = Int64(part.trimmingCharacters(in: .whitespaces)), !keys.contains(key) { keys.append(key) }
    }
    let found = try keys.map { try reference($0, .categories, "category", module, place) }
      .filter { !$0.isNull }
    values["category"] = found.first ?? .null
    values["categories"] = .list(Array(found.dropFirst()))
  }

  /// Where it was taken from. `sourcetext` is the article's address there, or the name of a paper.
  private mutating func addOrigin(
    _ row: NukeVietRecord, _ text: String, to values: inout FieldMap, _ module: NukeVietModule,
    _ place: String
  ) throws {
    let key = row.number("sourceid")
    let source = key == 0 ? nil : try shelf.row(key, of: .sources, module.base)
    if key != 0, source == nil { warn(place, "its source \(key) is not in the dump") }
    let name = source.map {
      Self.clip(NukeVietText.line($0["title"]), 200, else: "source \(key)")
    }
    let text = NukeVietText.line(text)
    let address = Self.address(text)
    values["source"] = .null
    if let name {
      values["source"] = .text(try shelf.claim("source \(name)", as: module.origin("source", key)).origin)
      if address == nil, !text.isEmpty, text != name {
        warn(place, "the text of its source was left out: \(text)")
      }
    } else if address == nil, !text.isEmpty {
      let title = Self.clip(text, 200, else: text)
      let (origin, isNew) = try shelf.claim("source \(title)", as: module.origin("source", title))
      if isNew {
        give(
          "source", ["title": .text(title), "state": .text("published"), "origin": .text(origin)], place)
      }
      values["source"] = .text(origin)
    }
    values["sourceURL"] = address.map { .text($0) } ?? .null
  }

  private mutating func reference(
    _ key: Int64, _ table: NukeVietTable, _ noun: String, _ module: NukeVietModule, _ place: String
  ) throws -> FieldValue {
    guard key != 0 else { return .null }
    guard try shelf.row(key, of: table, module.base) != nil else {
      warn(place, "its \(noun) \(key) is not in the dump")
      return .null
    }
    return .text(module.origin(noun, key))
  }

  /// The login of a user, where the dump has the users of this site.
  func user(_ key: Int64, _ module: NukeVietModule) throws -> String? {
    let base = userBases.filter { module.base.hasPrefix("\($0)_") }.max { $0.utf8.count < $1.utf8.count }
    guard let base, let row = try shelf.row(key, of: .users, base) else { return nil }
    let name = NukeVietText.line(row["username"])
    return name.isEmpty ? nil : name
  }

  /// NukeViet's states: 0 off, 1 published, 2 scheduled, 3 expired, 4 draft, 5 to 10 on the way through
  /// review; 21 more while the category is locked.
  private mutating func addState(_ row: NukeVietRecord, to values: inout FieldMap, _ place: String) {
    let raw = row.number("status")
    let (published, expires) = (row.number("publtime"), row.number("exptime"))
    var state =
      switch raw > 20 ? raw - 21 : raw {
      case 0: "archived"
      case 3 where expires == 0: "archived"
      case 1, 2, 3: "published"
      case 5...10: "review"
      default: "draft"
      }
    if raw < 0 || raw > 10 && raw <= 20 || raw > 31 {
      warn(place, "its status \(raw) is unknown; it comes as a draft")
    }
    let added = row.number("addtime")
    let start = published > 0 ? published : state == "published" ? added : 0
    values["expireAt"] = .null
    if expires > 0, expires <= start {
      // Never visible, and not to be told by two times that contradict each other.
      if state == "published" { state = "archived" }
      warn(place, "it expires before it is published; the time of expiry was left out")
    } else if let date = Self.date(expires) {
      values["expireAt"] = date
    }
    values["state"] = .text(state)
    if let date = Self.date(start) { values["publishAt"] = date }
    if let date = Self.date(added) { values["createdAt"] = date }
    if let date = Self.date(max(added, row.number("edittime"))) { values["updatedAt"] = date }
  }

  /// Counts what has no place here yet.
  private mutating func countRest(_ row: NukeVietRecord, _ detail: NukeVietRecord?) {
    leaveOut("article file", Int64((detail?["files"] ?? "").split(separator: ",").count))
    leaveOut("voice recording", (detail?["voicedata"] ?? "").isEmpty ? 0 : 1)
    leaveOut("title link", row["external_link"] == "1" ? 1 : 0)
  }
}
