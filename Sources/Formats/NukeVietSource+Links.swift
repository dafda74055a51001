import ContentModel

/// Links to other sites and the groups that they are in.
extension NukeVietSource {
  mutating func addLinkGroup(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "linkgroup", key)
    let parent = row.number("parentid")
    let hasParent = try shelf.row(parent, of: .categories, module.base) != nil
    if parent != 0, !hasParent { warn(place, "group \(parent), which it is in, is not in the dump") }
    var values: FieldMap = [
      "title": .text(title(row, "linkgroup", key, atMost: 200)),
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    addTimes(row, to: &values)
    addEnvelope(to: &values, row, state: "published", module.origin("linkgroup", key))
    values["position"] = .integer(row.number("weight"))
    give("linkgroup", values, place)
  }

  mutating func addLink(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "link", key)
    let group = row.number("catid")
    let hasGroup = try shelf.row(group, of: .categories, module.base) != nil
    if group != 0, !hasGroup { warn(place, "its group \(group) is not in the dump") }
    let address = NukeVietText.line(row["url"])
    var values: FieldMap = [
      "title": .text(title(row, "link", key, atMost: 200)),
      // One that is no address is refused by name, and told.
      "url": .text(Self.address(address) ?? address),
      "group": hasGroup ? .text(module.origin("linkgroup", group)) : .null,
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    addFile(row["urlimg"], [""], as: "image", to: &values, module, place)
    addTimes(row, to: &values)
    addEnvelope(
      to: &values, row, state: row["status"] == "0" ? "archived" : "published", module.origin("link", key))
    give(
      "link", values, place, rows: Self.before("linkClick", "clicks", row.number("hits_total"), "click"))
  }
}
