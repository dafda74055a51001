import ContentModel

/// What a user is on a site, from the least to the most.
public enum Role: String, Sendable, CaseIterable {
  /// Writes drafts; others publish them.
  case contributor
  /// Writes and publishes what is their own.
  case author
  /// Has a hand in all content and in what arranges it.
  case editor
  /// May do everything.
  case administrator
}

/// Who may do what: a pure table.
enum Rights {
  enum Right: CaseIterable {
    /// `publish`: brings before visitors or takes away from them. `act`: what plugins offer beyond editing.
    /// `maintain`: backups, indexes, jobs before their time, news of other servers, files that nothing uses.
    /// `administer`: users, imports, restoring, emptying the trash, what others did.
    case create, edit, publish, delete, act, maintain, configure, administer
  }

  /// What it is done to.
  enum Kind: CaseIterable {
    /// What people write: articles, pages, photos.
    case writing
    /// A word on items, which whoever writes may need anew.
    case tag
    /// What arranges the site: sections, menus, blocks; and the site as a whole.
    case structure

    init(_ shape: Shape) {
      self = shape.name == Tag.name ? .tag : shape.isStructure ? .structure : .writing
    }
  }

  /// Own is what the actor is the author of.
  enum Extent: Int { case none, own, any }

  static func extent(_ role: Role, _ right: Right, _ kind: Kind) -> Extent {
    switch (role, right, kind) {
    case (.administrator, _, _): .any
    case (_, .configure, _), (_, .administer, _): .none
    case (.editor, _, _): .any
    case (_, .create, .tag): .own
    case (_, _, .tag), (_, _, .structure): .none
    case (.author, _, .writing): .own
    case (.contributor, .create, .writing), (.contributor, .edit, .writing): .own
    case (.contributor, .delete, .writing): .own
    case (.contributor, _, .writing): .none
    }
  }

  /// The least role that may do it to what others wrote, or to one's own.
  static func leastRole(_ right: Right, _ kind: Kind, isOwn: Bool) -> Role {
    let needed = isOwn ? Extent.own : .any
    return Role.allCases.first { extent($0, right, kind).rawValue >= needed.rawValue } ?? .administrator
  }
}
