/// What a field holds, apart from any Swift type: decides the column, the flag, the completion and the form.
public enum FieldKind: Sendable, Hashable {
  case text, integer, real, bool, date, url
  /// One of some words, in their order of declaration.
  case choice([String])
  /// A file of the site, named by the hash of its content: `<sha256>.<extension>`.
  case media
  /// An ordered list of texts.
  case texts
  /// One item of the named content type, or of any: `anyItem`.
  case reference(String)
  /// Several items of the named content type, in order, each once.
  case references(String)

  /// The name that stands for all content types in a reference.
  public static let anyItem = "*"

  /// The word that help and schema documents use.
  public var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .real: "number"
    case .bool: "yes or no"
    case .date: "date"
    case .url: "URL"
    case .choice(let words): words.joined(separator: "|")
    case .media: "file"
    case .texts: "list of texts"
    case .reference(Self.anyItem): "noun:item"
    case .reference(let noun): noun
    case .references(let noun): "list of \(noun)"
    }
  }

  /// What a wrong value is not, as a message says it: `a date`, `one of draft, review`.
  public var phrase: String {
    switch self {
    case .text: "a text"
    case .integer: "a whole number"
    case .real: "a number"
    case .bool: "yes or no"
    case .date: "a date"
    case .url: "a web address"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .media: "the name of a file of this site"
    case .texts: "a list of texts"
    case .reference(Self.anyItem): "the id of an item"
    case .reference(let noun): "the id of one \(noun)"
    case .references(let noun): "a list of ids of \(noun)"
    }
  }

  /// The noun that a reference leads to.
  public var target: String? {
    switch self {
    case .reference(let noun), .references(let noun): noun
    default: nil
    }
  }

  /// Whether `+=` and `-=` add and remove single values.
  public var isList: Bool {
    switch self {
    case .texts, .references: true
    default: false
    }
  }
}
