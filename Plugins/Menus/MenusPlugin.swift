public import SenKernel

/// Menus: named trees of entries that lead to any item of the site, or to an address.
public struct MenusPlugin: Plugin {
  public let name = "menus"
  public let help = "Named menus that lead to any item or address"
  public let contentTypes = [Shape(Menu.self), Shape(MenuItem.self)]
  public let commands = MenuCommands.all
  public let rules = [MenuItem.rule]
  public let blocks = [MenuViews.block]

  public init() {}
}

/// Which menu a block shows.
struct MenuBlock: Fielded {
  static let fields: [Field<MenuBlock>] = [Field("menu", \.menu, .required, help: "Which")]
  var menu: Reference<Menu>?
}
