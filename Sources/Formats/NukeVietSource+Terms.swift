import ContentModel
import Foundation

/// What articles refer to. Their titles and files are made to fit, since an item that is refused would take
/// all that refers to it along.
extension NukeVietSource {
  mutating func addSource(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "source", key)
    let title = title(row, "source", key, atMost: 200)
    let (origin, isNew) = try shelf.claim("source \(title)", as: module.origin("source", key))
    guard isNew else { return }
    let link = NukeVietText.line(row["link"])
    let address = Self.address(link)
    if address == nil, !link.isEmpty { warn(place, "its link “\(link)” is no web address and was left out") }
    var values: FieldMap = ["title": .text(title), "url": address.map { .text($0) } ?? .null]
    addFile(row["logo"], ["source/", ""], as: "logo", to: &values, module, place)
    addTimes(row, to: &values)
    addEnvelope(to: &values, row, state: "published", origin)
    give("source", values, place)
  }

  mutating func addTopic(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    let place = place(row, "topic", key)
    var values: FieldMap = [
      "title": .text(title(row, "topic", key, atMost: 200)),
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    leaveOut("keyword list", row["keywords"].isEmpty ? 0 : 1)
    addFile(row["image"], ["topics/", ""], as: "image", to: &values, module, place)
    addTimes(row, to: &values)
    addEnvelope(to: &values, row, state: "published", module.origin("topic", key))
    if let language = module.language { values["language"] = .text(language) }
    give("topic", values, place)
  }

  mutating func addCategory(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "category", key)
    let parent = row.number("parentid")
    let hasParent = try shelf.row(parent, of: .categories, module.base) != nil
    if parent != 0, !hasParent { warn(place, "category \(parent), which it is in, is not in the dump") }
    var description = NukeVietText.plain(row["description"])
    let longer = NukeVietText.plain(row["descriptionhtml"])
    if !longer.isEmpty, longer != description {
      description += (description.isEmpty ? "" : "\n\n") + longer
    }
    var values: FieldMap = [
      "title": .text(title(row, "category", key, atMost: 200)),
      "parent": hasParent ? .text(module.origin("category", parent)) : .null,
      "description": .text(description),
    ]
    leaveOut("keyword list", row["keywords"].isEmpty ? 0 : 1)
    addFile(row["image"], [""], as: "image", to: &values, module, place)
    addTimes(row, to: &values)
    // NukeViet: 0 off, 1 on, 2 on but not on the front page.
    let isOff = row["status"] == "0"
    addEnvelope(to: &values, row, state: isOff ? "archived" : "published", module.origin("category", key))
    values["position"] = .integer(row.number("weight"))
    if let language = module.language { values["language"] = .text(language) }
    give("category", values, place)
  }

  mutating func addTag(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let title = tagTitle(row, key)
    let (origin, isNew) = try shelf.claim("tag \(title)", as: module.origin("tag", key))
    guard isNew else { return }
    var values: FieldMap = [
      "title": .text(title), "description": .text(NukeVietText.plain(row["description"])),
    ]
    addEnvelope(to: &values, row, state: "published", origin)
    give("tag", values, place(row, "tag", key))
  }

  /// Version 4.5 may leave the title empty; the word is in the keywords then.
  private func tagTitle(_ row: NukeVietRecord, _ key: Int64) -> String {
    let words = NukeVietText.line(row["title"].isEmpty ? row["keywords"] : row["title"])
    return Self.clip(words.isEmpty ? NukeVietText.line(row["alias"]) : words, 100, else: "tag \(key)")
  }

  /// The tags of an article; a tag without a row of its own is given first, made of its keyword.
  mutating func tags(of key: Int64, _ module: NukeVietModule) throws -> [FieldValue] {
    var origins: [String] = []
    for link in try shelf.rows(key, of: .tagging, module.base) {
      let tag = link.number("tid")
      let row = try shelf.row(tag, of: .tags, module.base)
      let keyword = Self.clip(NukeVietText.line(link["keyword"]), 100, else: "tag \(tag)")
      let title = row.map { tagTitle($0, tag) } ?? keyword
      let (origin, isNew) = try shelf.claim("tag \(title)", as: module.origin("tag", tag))
      if isNew {
        give(
          "tag", ["title": .text(title), "state": .text("published"), "origin": .text(origin)],
          place(link, "tag", tag))
      }
      if !origins.contains(origin) { origins.append(origin) }
    }
    return origins.map { .text($0) }
  }

  // MARK: Parts that they share

  mutating func title(_ row: NukeVietRecord, _ noun: String, _ key: Int64, atMost most: Int) -> String {
    let title = NukeVietText.line(row["title"])
    if title.count > most { warn(place(row, noun, key), "its title was cut to \(most) characters") }
    return Self.clip(title.isEmpty ? NukeVietText.line(row["alias"]) : title, most, else: "\(noun) \(key)")
  }

  static func clip(_ text: String, _ most: Int, else fallback: String) -> String {
    text.isEmpty ? fallback : text.count > most ? String(text.prefix(most - 1)) + "…" : text
  }

  func addEnvelope(
    to values: inout FieldMap, _ row: NukeVietRecord, state: String, _ origin: String
  ) {
    if !row["alias"].isEmpty { values["slug"] = .text(NukeVietText.line(row["alias"])) }
    values["state"] = .text(state)
    values["origin"] = .text(origin)
  }

  func addTimes(_ row: NukeVietRecord, to values: inout FieldMap) {
    let (added, edited) = (row.number("add_time"), row.number("edit_time"))
    if let date = Self.date(added) { values["createdAt"] = date }
    if let date = Self.date(max(added, edited)) { values["updatedAt"] = date }
  }

  /// A time in seconds since 1970; nil for 0 and for what no calendar has.
  static func date(_ seconds: Int64) -> FieldValue? {
    guard seconds > 0, seconds <= 253_402_300_799 else { return nil }
    return .date(Date(timeIntervalSince1970: TimeInterval(seconds)))
  }

  /// A web address as it has to be: a bare one, such as `mic.gov.vn/tin`, gets its scheme, a doubled one,
  /// `http://http://mic.gov.vn` (in NukeViet's own sample data), loses the first.
  static func address(_ text: String) -> String? {
    for scheme in ["http://", "https://"]
    where text.hasPrefix("\(scheme)http://") || text.hasPrefix("\(scheme)https://") {
      return address(String(text.dropFirst(scheme.count)))
    }
    let host = text.prefix { $0 != "/" && $0 != "?" }.split(separator: ".", omittingEmptySubsequences: false)
    let isBare =
      host.count > 1
      && host.allSatisfy {
        !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      }
      && host[host.count - 1].count > 1 && host[host.count - 1].allSatisfy(\.isLetter)
    do throws(Refusal) {
      return try WebAddress(isBare ? "http://\(text)" : text).text
    } catch {
      return nil
    }
  }
}
