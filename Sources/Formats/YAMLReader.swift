public import ContentModel
import Yams

/// One YAML mapping as field values, without guessing types: every scalar stays the text that was written.
public enum YAMLReader {
  /// The mapping in `yaml`; an empty text is an empty map. Places in refusals count lines from the one after
  /// `line`, for a part of a document.
  ///
  /// A plain scalar that is empty, `~` or `null` is null. A byte order mark at the start of a scalar is dropped. Refused: invalid YAML, anchors and aliases (a few
  /// lines of them can stand for gigabytes), names that occur twice or are no scalars, a list or scalar at
  /// the top.
  public static func map(_ yaml: String, after line: Int = 0) throws(Refusal) -> FieldMap {
    if YAMLAliases.areDangerous(in: yaml) { throw anchors(nil) }
    do {
      let parser = try Yams.Parser(yaml: yaml)
      // Nodes hold their anchors weakly; the parser owns them, and must live while they are looked for.
      return try withExtendedLifetime(parser) { try map(parser.singleRoot(), after: line) }
    } catch let refusal as Refusal {
      throw refusal
    } catch let error as YamlError {
      throw refusal(error, yaml, after: line)
    } catch {
      throw Refusal(.invalid, "the fields are not valid YAML: \(error)")
    }
  }

  private static func map(_ root: Node?, after line: Int) throws(Refusal) -> FieldMap {
    guard let root else { return [:] }
    guard case .map(let map) = try value(root, after: line) else {
      if case .scalar(let scalar) = root, isNull(scalar) { return [:] }
      throw Refusal(
        .invalid, "\(place(root.mark, after: line))expected fields, one a line", hint: "Write name: value.")
    }
    return map
  }

  private static func value(_ node: Node, after line: Int) throws(Refusal) -> FieldValue {
    if node.anchor != nil { throw anchors(node.mark, after: line) }
    switch node {
    case .scalar(let scalar): return isNull(scalar) ? .null : .text(scalar.string)
    case .sequence(let sequence):
      var list: [FieldValue] = []
      for node in sequence { list.append(try value(node, after: line)) }
      return .list(list)
    case .mapping(let mapping):
      var map = FieldMap()
      var names: Set<String> = []
      for (key, node) in mapping {
        if key.anchor != nil { throw anchors(key.mark, after: line) }
        guard case .scalar(let scalar) = key, !scalar.string.isEmpty else {
          throw Refusal(
            .invalid, "\(place(key.mark, after: line))a field needs a plain name before the colon")
        }
        guard names.insert(scalar.string).inserted else {
          throw Refusal(.invalid, "\(place(key.mark, after: line))\(scalar.string) occurs twice")
        }
        map.append(scalar.string, try value(node, after: line))
      }
      return .map(map)
    case .alias: throw anchors(node.mark, after: line)
    }
  }

  private static func isNull(_ scalar: Node.Scalar) -> Bool {
    (scalar.style == .plain || scalar.style == .any)
      && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private static func anchors(_ mark: Mark?, after line: Int = 0) -> Refusal {
    Refusal(
      .invalid, "\(place(mark, after: line))anchors (&name) and aliases (*name) are not read",
      hint: "Put a text that begins with & or * in quotes.")
  }

  private static func place(_ mark: Mark?, after line: Int) -> String {
    mark.map { "line \($0.line + line), column \($0.column): " } ?? ""
  }

  private static func refusal(_ error: YamlError, _ yaml: String, after line: Int) -> Refusal {
    func invalid(_ place: String, _ problem: String) -> Refusal {
      Refusal(
        .invalid, "\(place)not valid YAML: \(problem)",
        hint: "Put a text with : or # in it, or one that begins with a mark, in quotes.")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let text = context.map { "\($0.text) \(problem)" } ?? problem
      if problem == "found undefined alias" { return anchors(mark, after: line) }
      return invalid(place(mark, after: line), text)
    case .reader(let problem, let offset, _, _):
      let number = offset.map { yaml.utf8.prefix($0).count { $0 == 0x0A } + 1 + line }
      return invalid(number.map { "line \($0): " } ?? "", problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.joined(separator: ", ")
      return Refusal(.invalid, "\(place(context.mark, after: line))\(names) occurs twice")
    default: return invalid("", "\(error)")
    }
  }
}
