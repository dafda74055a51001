import ContentModel

/// Pages, menus and links.
extension NukeVietSource {
  mutating func addPage(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "page", key)
    var values: FieldMap = [
      "title": .text(title(row, "page", key, atMost: 300)),
      "summary": .text(NukeVietText.plain(row["description"])),
    ]
    addFile(row["image"], [""], as: "image", to: &values, module, place)
    values["imageAlt"] = .text(NukeVietText.line(row["imagealt"]))
    values["keywords"] = .list(
      row["keywords"].split(separator: ",").map { .text(NukeVietText.line(String($0))) }
        .filter { $0 != .text("") })
    values["bodyFormat"] = .text("html")
    values["body"] = .text(row["bodytext"])
    addTimes(row, to: &values)
    addEnvelope(
      to: &values, row, state: row["status"] == "0" ? "archived" : "published", module.origin("page", key))
    values["position"] = .integer(row.number("weight"))
    if let author = try user(row.number("admin_id"), module) { values["author"] = .text(author) }
    if let language = module.language { values["language"] = .text(language) }
    give("page", values, place, rows: Self.views(row.number("hitstotal")))
  }

  mutating func addMenu(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    var values: FieldMap = ["title": .text(title(row, "menu", key, atMost: 200))]
    addEnvelope(to: &values, row, state: "published", module.origin("menu", key))
    if let language = module.language { values["language"] = .text(language) }
    give("menu", values, place(row, "menu", key))
  }

  mutating func addMenuItem(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "menuitem", key)
    let (menu, parent) = (row.number("mid"), row.number("parentid"))
    guard try shelf.row(menu, of: .menus, module.base) != nil else {
      leaveOut("menuitem", 1)
      return warn(place, "its menu \(menu) is not in the dump; it was left out")
    }
    let hasParent = try shelf.row(parent, of: .menuItems, module.base) != nil
    if parent != 0, !hasParent { warn(place, "menu item \(parent), which it is below, is not in the dump") }
    var values: FieldMap = [
      "title": .text(title(row, "menuitem", key, atMost: 200)),
      "menu": .text(module.origin("menu", menu)),
      "parent": hasParent ? .text(module.origin("menuitem", parent)) : .null,
      "note": .text(NukeVietText.line(row["note"])), "newWindow": .bool(row["target"] != "0"),
      "target": .null, "link": .null,
    ]
    let link = NukeVietText.line(row["link"])
    if let target = try target(row, in: module.language) {
      values["target"] = .text(target)
    } else if let path = Self.path(ofThisSite: link) ?? Self.address(link) {
      values["link"] = .text(path)
    } else if !link.isEmpty, link != "#" {
      warn(place, "its link “\(link)” is no web address and was left out")
    }
    addFile(row["icon"], [""], as: "icon", to: &values, module, place)
    addEnvelope(
      to: &values, row, state: row["status"] == "0" ? "archived" : "published",
      module.origin("menuitem", key))
    values["position"] = .integer(row.number("weight"))
    if let language = module.language { values["language"] = .text(language) }
    give("menuitem", values, place)
  }

  /// The category or page that an entry leads to, which it names by its module and its alias there.
  private func target(_ row: NukeVietRecord, in language: String?) throws -> String? {
    let (name, alias) = (row["module_name"], row["op"])
    guard !alias.isEmpty,
      let module = modules.first(where: {
        $0.language == language && $0.name == name.replacing("-", with: "_")
      })
    else { return nil }
    let (table, noun): (NukeVietTable, String)
    switch module.subject {
    case .news: (table, noun) = (.categories, "category")
    case .pages: (table, noun) = (.pages, "page")
    default: return nil
    }
    for number in 0..<shelf.count(table, of: module.base) {
      if let key = try shelf.key(number, of: table, module.base),
        try shelf.row(key, of: table, module.base)?["alias"] == alias
      {
        return module.origin(noun, key)
      }
    }
    return nil
  }

  /// `/vi/news/` and `index.php?nv=news` as a path of the site; nil for what leads elsewhere.
  private static func path(ofThisSite link: String) -> String? {
    if link.hasPrefix("index.php") { return "/" + link }
    return link.hasPrefix("/") && !link.hasPrefix("//") ? link : nil
  }
}
