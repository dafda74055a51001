/// The tables of NukeViet 4 that become items here: `nv4_vi_news_rows`, `nv4_vi_news_cat` and their like.
enum NukeVietTable: String, CaseIterable {
  case articles = "rows"
  case details = "detail"
  case categories = "cat"
  case topics, sources, tags
  /// Which article carries which tags.
  case tagging = "tags_id"
  /// The names of an article's authors, from NukeViet 4.5 on.
  case authors = "authorlist"
  case users

  /// Those that every news module has.
  static let ofEveryModule: [NukeVietTable] = [
    .articles, .details, .categories, .topics, .sources, .tags, .tagging,
  ]

  /// The columns that are read, the key of the table first; those marked so have to be there.
  private var declared: (required: [String], optional: [String]) {
    switch self {
    case .articles:
      (
        ["id", "catid", "listcatid", "title", "alias", "hometext", "status", "publtime"],
        [
          "topicid", "admin_id", "author", "sourceid", "addtime", "edittime", "exptime", "homeimgfile",
          "homeimgalt", "homeimgthumb", "allowed_rating", "external_link", "hitstotal", "click_rating",
        ]
      )
    case .details:
      (["id", "bodyhtml"], ["titlesite", "description", "sourcetext", "files", "voicedata"])
    case .categories:
      (
        ["catid", "parentid", "title", "alias", "weight"],
        ["description", "descriptionhtml", "image", "status", "add_time", "edit_time"]
      )
    case .topics:
      (["topicid", "title"], ["alias", "image", "description", "weight", "add_time", "edit_time"])
    case .sources: (["sourceid", "title", "link"], ["logo", "weight", "add_time", "edit_time"])
    case .tags: (["tid", "alias", "keywords"], ["title", "description"])
    case .tagging: (["id", "tid"], ["keyword"])
    case .authors: (["id", "pseudonym"], [])
    case .users: (["userid", "username"], [])
    }
  }

  var columns: [String] { declared.required + declared.optional }

  /// What a table is, by the end of its name and by its columns, and the rest of its name:
  /// `nv4_vi_news_rows` → articles of `nv4_vi_news`.
  static func find(_ table: String, _ columns: [String]) -> (table: NukeVietTable, base: String)? {
    for known in allCases where table.hasSuffix("_\(known.rawValue)") {
      if known.declared.required.allSatisfy(columns.contains) {
        return (known, String(table.dropLast(known.rawValue.count + 1)))
      }
    }
    return nil
  }

  /// Items that no plugin here knows yet, each by columns that only its table has.
  private static let others: [(noun: String, columns: [String])] = [
    ("poll", ["vid", "question", "acceptcm"]), ("page", ["title", "alias", "bodytext", "weight"]),
    ("menu entry", ["mid", "parentid", "link"]), ("link", ["catid", "url", "urlimg"]),
    ("download", ["introtext", "uploadtime", "download_hits"]), ("question", ["question", "answer"]),
    ("law document", ["code", "bodytext", "sgid"]), ("comment", ["cid", "content", "post_name"]),
    ("message", ["sender_name", "content", "send_time"]), ("contact", ["full_name", "note", "cats"]),
    ("free content", ["bid", "title", "start_time", "end_time"]),
    ("article list", ["bid", "title", "adddefault", "numbers"]),
    ("banner", ["pid", "clid", "file_name"]), ("author profile", ["uid", "pseudonym", "numnews"]),
  ]

  /// The noun of items that are only counted; nil for tables of settings, logs and copies.
  static func other(_ table: String, _ columns: [String]) -> String? {
    if table.hasSuffix("_tmp") { return nil }
    if table.hasSuffix("_menu"), columns.contains("title") { return "menu" }
    return others.first { $0.columns.allSatisfy(columns.contains) }?.noun
  }
}

/// A news module in one language, found by its tables: `nv4_vi_news`.
struct NukeVietModule {
  let base: String
  /// `vi`; nil where the name does not say.
  let language: String?
  let name: String

  /// - Parameter base: the common start of its tables, `PREFIX_LANGUAGE_MODULE`.
  init(_ base: String) {
    self.base = base
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
