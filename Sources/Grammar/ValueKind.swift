/// What a value is: decides how its shape is checked, what completion offers, and how help names it.
///
/// An empty noun in a kind means the noun of the command that it is used in, as in the `--filter` that
/// every command has.
public enum ValueKind: Sendable, Hashable {
  case text, integer, real, bool
  /// A moment as `DateText` reads it.
  case date
  /// A file or folder.
  case path
  /// A condition as `Filter` reads it.
  case expression(noun: String)
  case noun, verb
  /// One of these words.
  case choice([String])
  /// What `ReferenceText` reads: an id, a slug, a range `10-20`, `@last`, or `-` for standard input.
  case reference(noun: String)
  /// What `Assignment` reads: `field=value`, `field+=value`, `field-=value`.
  case assignment(noun: String)
  /// The name of one field.
  case field(noun: String)
  /// Names of fields with commas between them.
  case fields(noun: String)
  /// Names of fields with commas between them, each perhaps after a `-`, which sorts downwards.
  case order(noun: String)
  /// A value of a field; completion asks for it after `field=`. Never checked by shape.
  case fieldValue(noun: String, field: String)
  /// `name=value` for what an argument of the command names among a group: `--set count=5` of the block that is
  /// added. Never checked by shape.
  case option(group: String, argument: String)
  /// The rest of the line, which is a command itself.
  case command

  /// The word that stands for such a value in usage lines.
  var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .integer: "N"
    case .real: "NUMBER"
    case .bool: "yes|no"
    case .date: "DATE"
    case .path: "PATH"
    case .expression: "EXPR"
    case .noun: "NOUN"
    case .verb: "VERB"
    case .choice(let choices):
      choices.joined(separator: "|").count <= 30 ? choices.joined(separator: "|") : "WORD"
    case .reference: "REF"
    case .assignment: "field=value"
    case .field: "FIELD"
    case .fields: "a,b"
    case .order: "a,-b"
    case .fieldValue: "VALUE"
    case .option: "name=value"
    case .command: "COMMAND"
    }
  }

  /// The kind with `name` where it left the noun open.
  func of(noun name: String) -> ValueKind {
    switch self {
    case .expression(noun: ""): .expression(noun: name)
    case .reference(noun: ""): .reference(noun: name)
    case .assignment(noun: ""): .assignment(noun: name)
    case .field(noun: ""): .field(noun: name)
    case .fields(noun: ""): .fields(noun: name)
    case .order(noun: ""): .order(noun: name)
    case .fieldValue(noun: "", let field): .fieldValue(noun: name, field: field)
    default: self
    }
  }
}
