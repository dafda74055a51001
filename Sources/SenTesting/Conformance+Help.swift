import ContentModel
import Grammar
import SenKernel

/// Names and help: what people meet of a plugin.
extension Conformance {
  /// Names that would hide each other; whole plugins that do are refused by the registry.
  static func names(_ plugin: any Plugin, _ test: TestSite) -> [String] {
    var problems: [String] = []
    if plugin.name.isEmpty || !plugin.name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D }) {
      problems.append("plugin “\(plugin.name)”: a name is of lower-case letters and hyphens")
    }
    if let settings = plugin.settings, settings.name != plugin.name {
      problems.append("the settings “\(settings.name)” are not named after plugin \(plugin.name)")
    }
    var paths: Set<String> = []
    for spec in test.table.commands.map(\.spec) {
      for path in [spec.path] + spec.aliases.map({ "\(spec.noun) \($0)" })
      where !paths.insert(path).inserted && owns(plugin, spec) {
        problems.append("“\(path)” is two commands")
      }
      var flags = Set(
        test.table.grammar.globals.filter { !$0.isForSome || spec.heeds.contains($0.name) }.map(\.name))
      for name in spec.flags.flatMap({ [$0.name] + $0.aliases })
      where !flags.insert(name).inserted && owns(plugin, spec) {
        problems.append("“\(spec.path)” has two options --\(name)")
      }
    }
    return problems
  }

  static func help(_ plugin: any Plugin) -> [String] {
    var problems: [String] = []
    func look(_ help: String, _ what: String) {
      if help.allSatisfy(\.isWhitespace) { problems.append("\(what) has no help") }
    }
    func look(_ shape: Shape, _ what: String) {
      look(shape.help, what)
      for field in shape.fields where !field.has(.title) { look(field.help, "\(what).\(field.name)") }
    }
    look(plugin.help, "plugin \(plugin.name)")
    for shape in plugin.contentTypes { look(shape, shape.name) }
    for table in plugin.sideTables { look(table.help, "table \(table.name)") }
    for block in plugin.blocks {
      look(block.help, "block \(block.name)")
      look(block.options, "block \(block.name)")
    }
    for job in plugin.jobs { look(job.help, "job \(job.name)") }
    for action in plugin.actions { look(action.input, "\(action.noun) \(action.name)") }
    if let settings = plugin.settings { look(settings, "settings \(settings.name)") }
    return problems
  }

  /// Whether a command comes from the plugin.
  private static func owns(_ plugin: any Plugin, _ spec: CommandSpec) -> Bool {
    plugin.contentTypes.contains { $0.name == spec.noun }
      || plugin.commands.contains { $0.spec.path == spec.path }
      || plugin.actions.contains { $0.noun == spec.noun && $0.name == spec.verb }
  }

  /// Every command of the plugin says what it does and shows it in lines that are read as that very command.
  static func commands(_ plugin: any Plugin, _ test: TestSite) -> [String] {
    test.table.commands.map(\.spec).filter { owns(plugin, $0) }.flatMap { spec in
      var problems: [String] = []
      if spec.summary.allSatisfy(\.isWhitespace) { problems.append("\(spec.path) has no help") }
      problems += spec.arguments.filter(\.help.isEmpty).map { "\(spec.path) \($0.name) has no help" }
      problems += spec.flags.filter(\.help.isEmpty).map { "\(spec.path) --\($0.name) has no help" }
      if spec.examples.isEmpty { problems.append("\(spec.path) has no example") }
      for example in spec.examples {
        do {
          var words = try Line.parse(example).words
          if words.first?.text == "sen" { words.removeFirst() }
          let read = try test.table.grammar.parse(words: words).spec.path
          if read != spec.path {
            problems.append("the example “\(example)” of \(spec.path) is one of \(read)")
          }
        } catch {
          problems.append("the example “\(example)” does not parse: \(error)")
        }
      }
      return problems
    }
  }
}
