import SenKernel

/// A named set of entries, such as the bar on top or the list in the footer.
struct Menu: Content {
  static let name = "menu"
  static let help = "Named menus"
  static let isStructure = true
  static let fields: [Field<Menu>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Menu>.atMost(200)),
    Field("description", \.description, help: "Where it stands and what it is for"),
  ]

  var title = ""
  var description = ""
}

/// An entry of a menu: it leads to an item, to an address, or is a heading of those below it.
struct MenuItem: Content {
  static let name = "menuitem"
  static let help = "The entries of menus, as trees"
  static let isStructure = true
  static let fields: [Field<MenuItem>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<MenuItem>.atMost(200)),
    Field("menu", \.menu, .group, help: "Which menu; that of its parent if it has one"),
    Field("parent", \.parent, .parent, help: "The entry above"),
    Field("target", \.target, help: "The item that it leads to, such as page:gioi-thieu"),
    Field("link", \.link, help: "Else the address that it leads to: https://…, /path, #part, mailto:…"),
    Field("note", \.note, help: "A line for those who stay on it"),
    Field("icon", \.icon, help: "Its picture"),
    Field("newWindow", \.newWindow, help: "Whether it opens another window"),
  ]

  var title = ""
  var menu: Reference<Menu>?
  var parent: Reference<MenuItem>?
  var target: AnyReference?
  var link: Link?
  var note = ""
  var icon: MediaName?
  var newWindow = false

  func check() throws(Refusal) {
    if target != nil, link != nil {
      throw Refusal(.invalid, "is there beside target", field: "link", hint: "Keep one of the two.")
    }
  }

  /// An entry is in the menu of the one above it, and takes those below it along.
  static let rule = Rule(of: MenuItem.self) { old, new, operation in
    guard let new else { return }
    let id = new.envelope.id
    func put(_ entry: Int64, in menu: Reference<Menu>?) throws {
      try operation.update(MenuItem.self, entry) { $0.body.menu = menu }
    }
    if let parent = new.body.parent {
      let menu = try operation.entry(MenuItem.self, parent.id).body.menu
      guard new.body.menu == menu else {
        guard old == nil || old?.body.parent != parent || old?.body.menu == new.body.menu else {
          throw Refusal(
            .conflict, "menu: the entry above it is in another", field: "menu",
            hint: "Take it out from below that one as well: parent=")
        }
        return try put(id, in: menu)
      }
    } else if new.body.menu == nil {
      throw Refusal(
        .invalid, "menu: is missing", field: "menu", hint: "Say in which menu, or below which entry.")
    }
    guard let old, old.body.menu != new.body.menu else { return }
    for entry in try MenuTree.children(of: id, operation.site, operation.db) {
      try put(entry, in: new.body.menu)
    }
  }
}
