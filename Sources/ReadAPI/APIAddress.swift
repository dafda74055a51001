/// What can be asked of the reading API, and at which path.
public enum APIAddress: Sendable, Hashable {
  /// What there is.
  case index
  /// The OpenAPI document.
  case document
  case search
  /// The items of a noun.
  case list(noun: String)
  /// One item, by its slug or its uid.
  case item(noun: String, name: String)

  /// What all of its paths begin with.
  public static let root = "/api/"

  public var path: String {
    switch self {
    case .index: Self.root
    case .document: "\(Self.root)openapi.json"
    case .search: "\(Self.root)search"
    case .list(let noun): "\(Self.root)\(noun)"
    case .item(let noun, let name): "\(Self.root)\(noun)/\(name)"
    }
  }

  /// Whether a path belongs to the API, be there something or not.
  public static func isBelow(_ path: String) -> Bool { path.hasPrefix(root) || path == root.dropLast() }

  /// What is asked for by a path whose percent signs are decoded already; nil where the API has nothing. A slash at the
  /// end that does not belong there, or one that is missing, is understood, so that it can be redirected.
  public init?(path: String) {
    guard Self.isBelow(path) else { return nil }
    var parts = path.dropFirst(Self.root.count).split(separator: "/", omittingEmptySubsequences: false)
    if parts.last == "" { parts.removeLast() }
    guard !parts.contains("") else { return nil }
    switch parts.count {
    case 0: self = .index
    case 1 where parts[0] == "openapi.json": self = .document
    case 1 where parts[0] == "search": self = .search
    case 1: self = .list(noun: String(parts[0]))
    case 2: self = .item(noun: String(parts[0]), name: String(parts[1]))
    default: return nil
    }
  }
}
