public import ContentModel
public import Storage

/// What the plugins of a program contribute, put together once at its start and never changed.
public final class Registry: Sendable {
  public let plugins: [any Plugin]
  /// All content types in the order of the plugins; the kernel's `tag` first, its `block` last.
  public let shapes: [Shape]
  public let sideTables: [SideTable]
  public let actions: [Action]
  public let drawings: [Drawing]
  public let blocks: [BlockType]
  /// The pages of items, by their nouns; the kernel's own of tags among them.
  public let pages: [String: PageType]
  public let jobs: [Job]
  /// The plugins' settings by their names; the site's own aside.
  public let settings: [Shape]
  /// The names of secret settings, such as `weather.apiKey`.
  let secretSettings: Set<String>
  /// The names of secret fields.
  let secretFields: Set<String>
  /// Commands that a secret may be typed at, with the number of arguments before it.
  let secretArguments: [(path: [String], before: Int)]
  /// The rules of each noun.
  let rules: [String: [Rule]]
  private let byName: [String: Shape]

  /// - Throws: a refusal that names what two plugins both claim, or a type that is declared wrong.
  public init(_ plugins: [any Plugin]) throws {
    self.plugins = plugins
    // What others refer to comes first, in lists, exports and imports: tags are on everything, blocks show anything.
    shapes = [Shape(Tag.self)] + plugins.flatMap(\.contentTypes) + [Shape(Block.self)]
    sideTables = plugins.flatMap(\.sideTables)
    actions = plugins.flatMap(\.actions)
    drawings = plugins.flatMap(\.drawings)
    blocks = plugins.flatMap(\.blocks)
    let allPages = [Tag.page] + plugins.flatMap(\.pages)
    pages = Dictionary(allPages.map { ($0.noun, $0) }, uniquingKeysWith: { first, _ in first })
    jobs = plugins.flatMap(\.jobs) + [PublishedSizes.job]
    settings = plugins.compactMap(\.settings)
    secretSettings = Set(
      settings.flatMap { shape in
        shape.fields.filter { $0.has(.secret) }.map { "\(shape.name).\($0.name)" }
      })
    secretFields = Set(shapes.flatMap(\.fields).filter { $0.has(.secret) }.map(\.name))
    secretArguments = (KernelCommands.all + plugins.flatMap(\.commands)).compactMap { command in
      let (spec, arguments) = (command.spec, command.spec.arguments)
      return arguments.firstIndex { $0.mayBeSecret }.map {
        ([spec.noun, spec.verb].filter { !$0.isEmpty }, $0)
      }
    }
    rules = Dictionary(grouping: [BlockCommands.rule] + plugins.flatMap(\.rules), by: \.noun)
    byName = Dictionary(shapes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    guard Set(plugins.map(\.name)).count == plugins.count else {
      throw Refusal(.conflict, "Two plugins have the same name")
    }
    guard byName.count == shapes.count else {
      throw Refusal(.conflict, "Two plugins declare the same content type")
    }
    for shape in shapes { try Self.check(shape, byName) }
    try Self.checkNames(sideTables.map(\.name) + shapes.map(\.name), "table")
    try Self.checkNames(actions.map { "\($0.noun) \($0.name)" }, "action")
    for action in actions where !PageAddress.isActionName(action.name) {
      throw Refusal(.invalid, "“\(action.name)” is no name of an action: small letters, digits and hyphens")
    }
    try Self.checkNames(drawings.map(\.noun), "drawing")
    try Self.checkNames(blocks.map(\.name), "block")
    try Self.checkNames(allPages.map(\.noun), "page of")
    try Self.checkNames(plugins.flatMap(\.templates.keys), "template")
    try Self.checkNames(jobs.map(\.name), "job")
    try Self.checkNames(settings.map(\.name), "settings")
    for shape in settings + blocks.map(\.options) {
      for field in shape.fields {
        guard let problem = Self.privacyProblem(field) else { continue }
        throw Refusal(.invalid, "“\(shape.name)”: \(problem)")
      }
    }
    for block in blocks where !block.options.fields.allSatisfy(\.isPublic) {
      throw Refusal(.invalid, "Block “\(block.name)”: what pages are made of cannot be secret")
    }
    let known = byName
    for noun in sideTables.compactMap(\.noun) + actions.map(\.noun) + drawings.map(\.noun)
      + allPages.map(\.noun)
      + rules.keys
    where known[noun] == nil && noun != FieldKind.anyItem {
      throw Refusal(.invalid, "A plugin adds to “\(noun)”, which no plugin declares")
    }
  }

  public func shape(_ noun: String) -> Shape? { byName[noun] }

  /// The reference to what items of a type are a part of, and without which visitors do not see them: those that have
  /// no page of their own are seen on that of the whole.
  public func whole(of shape: Shape) -> FieldShape? {
    guard pages[shape.name] == nil else { return nil }
    return shape.fields.first { $0.has(.group) && $0.has(.required) && $0.kind.target != nil }
  }

  /// The field names that items have without their types' help.
  static let envelopeFields: Set<String> = [
    "id", "uid", "slug", "state", "author", "language", "createdAt", "updatedAt", "publishAt", "expireAt",
    "trashedAt", "position", "origin", "version", "tags",
  ]

  private static func checkNames(_ names: [String], _ what: String) throws {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw Refusal(.conflict, "Two plugins declare the \(what) “\(name)”")
    }
  }

  /// What would bring a secret or a confidential field to light.
  private static func privacyProblem(_ field: FieldShape) -> String? {
    if field.has(.secret), field.kind != .text || !field.traits.isSubset(of: [.secret, .required]) {
      return "the secret field “\(field.name)” has to be a text, and nothing else than required"
    }
    if field.has(.confidential), !field.traits.isDisjoint(with: [.title, .searchable, .secret]) {
      return "the confidential field “\(field.name)” can be neither the title nor searchable nor secret"
    }
    return nil
  }

  private static func check(_ shape: Shape, _ all: [String: Shape]) throws {
    func wrong(_ text: String) -> Refusal { Refusal(.invalid, "Content type “\(shape.name)”: \(text)") }
    guard !Schema.kernelTables.contains(shape.name.lowercased()) else {
      throw wrong("a table of the kernel has this name")
    }
    guard CommandTable.kernelNouns[shape.name] == nil else {
      throw wrong("the kernel's commands have this name")
    }
    guard !PageAddress.reserved.contains(shape.name) else {
      throw wrong("addresses of the live site begin with this name")
    }
    let names = shape.fields.map(\.name)
    guard Set(names).count == names.count else { throw wrong("a field name occurs twice") }
    guard shape.fields.filter({ $0.has(.title) }).count == 1 else { throw wrong("needs one title field") }
    guard Set(names).isDisjoint(with: envelopeFields) else {
      throw wrong("a field is named like the envelope's")
    }
    for field in shape.fields {
      if let target = field.kind.target, target != FieldKind.anyItem, all[target] == nil {
        throw wrong("field “\(field.name)” refers to “\(target)”, which no plugin declares")
      }
      if let problem = privacyProblem(field) { throw wrong(problem) }
      if field.has(.parent), field.kind != .reference(shape.name) {
        throw wrong("the parent field “\(field.name)” has to refer to its own type")
      }
    }
  }
}
