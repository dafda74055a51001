/// What a module of a site is for.
enum NukeVietSubject: CaseIterable {
  case news, polls, pages, documents, questions, contact, links, banners, freeContent, menus

  /// The tables by any of which it is known.
  var marks: [NukeVietTable] {
    switch self {
    case .news: [.articles, .details]
    case .polls: [.polls, .options]
    case .pages: [.pages]
    case .documents: [.documents, .documentKinds]
    case .questions: [.questions]
    case .contact: [.departments]
    case .banners: [.banners, .zones]
    case .freeContent: [.freeContents, .freeBlocks]
    case .menus: [.menus, .menuItems]
    case .links: [.links]
    }
  }

  /// The tables that it always has.
  var parts: [NukeVietTable] {
    switch self {
    case .news: NukeVietTable.ofEveryModule
    case .links: [.links, .categories]
    case .questions: [.questions, .questionGroups]
    default: marks
    }
  }

  /// Tables of which neither has rows unless the other has.
  var pairs: [(NukeVietTable, NukeVietTable)] {
    switch self {
    case .news: [(.articles, .details), (.details, .articles)]
    case .polls: [(.polls, .options)]
    default: []
    }
  }

  /// The tables whose rows become items, what is referred to before what refers to it.
  var stages: [NukeVietTable] {
    switch self {
    case .news: [.sources, .topics, .categories, .tags, .articles]
    case .polls: [.polls]
    case .pages: [.pages]
    case .documents: [.areas, .documentKinds, .documents]
    case .questions: [.questionGroups, .questions]
    case .contact: [.departments]
    case .banners: [.zones, .banners]
    case .freeContent: [.freeBlocks, .freeContents]
    case .menus: [.menus, .menuItems]
    case .links: [.categories, .links]
    }
  }
}

/// A module in one language, found by its tables: `nv4_vi_news`.
struct NukeVietModule {
  let base: String
  let subject: NukeVietSubject
  /// `vi`; nil where the name does not say.
  let language: String?
  let name: String

  /// - Parameter base: the common start of its tables, `PREFIX_LANGUAGE_MODULE`.
  init(_ base: String, _ subject: NukeVietSubject) {
    (self.base, self.subject) = (base, subject)
    let parts = base.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    let place = parts.indices.dropFirst().dropLast().first {
      parts[$0].utf8.count == 2 && parts[$0].utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }
    language = place.map { parts[$0] }
    name = place.map { parts[($0 + 1)...].joined(separator: "_") } ?? base
  }

  /// The name that an item keeps here, `nukeviet:vi:article:12`; of a module that is not called news,
  /// `nukeviet:vi:tuyen_sinh:article:12`.
  func origin(_ noun: String, _ id: some CustomStringConvertible) -> String {
    (["nukeviet"] + [language, name == "news" ? nil : name].compactMap(\.self) + [noun, "\(id)"])
      .joined(separator: ":")
  }
}
