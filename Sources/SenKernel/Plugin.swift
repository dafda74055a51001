public import ContentModel
public import GRDB
public import Storage

/// A list of contributions to a site. Everything is empty unless a plugin says otherwise.
public protocol Plugin: Sendable {
  /// A short lower-case name, unique among the plugins of a program.
  var name: String { get }
  /// One line for `plugin list`.
  var help: String { get }
  /// The content types, each as `Shape(Article.self)`.
  var contentTypes: [Shape] { get }
  /// Rows that belong to items beside their fields.
  var sideTables: [SideTable] { get }
  /// Commands beyond those that content types, actions and jobs bring.
  var commands: [Command] { get }
  /// What can be done to entries beyond editing them.
  var actions: [Action] { get }
  /// What `show REF --draw` draws, a noun each.
  var drawings: [Drawing] { get }
  /// What has to hold when entries change, beyond what their fields say.
  var rules: [Rule] { get }
  /// Settings for `config`, as `Shape(WeatherSettings.self, name: "weather", help: …)`; named after the plugin.
  var settings: Shape? { get }
  /// Which content types have pages of their own.
  var pages: [PageType] { get }
  /// Pieces of a page.
  var blocks: [BlockType] { get }
  /// Mustache templates by name, for what the theme has none for: `page-NOUN`, `teaser-NOUN`, `block-NAME`.
  var templates: [String: String] { get }
  /// Work done on a schedule.
  var jobs: [Job] { get }
  /// What counts visits of pages, if this plugin does.
  func visitKeeper(_ site: Site) throws -> (any VisitKeeper)?
  /// What `site doctor` should tell, a line each: what this plugin misses beside the database.
  func complaints(_ site: Site, _ db: Database) throws -> [String]
  /// Mends what `complaints` tells, as far as that can be, for `site doctor --fix`.
  /// - Parameter note: told what people should know of it.
  func mend(_ site: Site, note: (String) -> Void) throws
}

extension Plugin {
  public var contentTypes: [Shape] { [] }
  public var sideTables: [SideTable] { [] }
  public var commands: [Command] { [] }
  public var actions: [Action] { [] }
  public var drawings: [Drawing] { [] }
  public var rules: [Rule] { [] }
  public var settings: Shape? { nil }
  public var pages: [PageType] { [] }
  public var blocks: [BlockType] { [] }
  public var templates: [String: String] { [:] }
  public var jobs: [Job] { [] }
  public func visitKeeper(_ site: Site) throws -> (any VisitKeeper)? { nil }
  public func complaints(_ site: Site, _ db: Database) throws -> [String] { [] }
  public func mend(_ site: Site, note: (String) -> Void) throws {}
}
