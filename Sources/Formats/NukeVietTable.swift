/// The tables of NukeViet 4 that become items here: `nv4_vi_news_rows`, `nv4_vi_voting` and their like.
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
  /// The options of polls, by their poll.
  case options
  case menuItems, links
  /// Legal texts, what they are about and of what kind, who issued and who signed them.
  case documents, areas, documentKinds, issuers, signers
  case questionGroups = "categories"
  case polls, menus, pages, questions
  /// Banners and where they stand; free texts with a picture and the blocks that they stand in.
  case banners, zones, freeContents, freeBlocks
  /// The offices that citizens write to, and those that examine drafts.
  case departments, examiners

  /// How the name of the table ends; nil where its name is that of its module.
  private var suffix: String? {
    switch self {
    case .options, .menuItems, .links, .banners, .freeContents: "rows"
    case .zones: "plans"
    case .freeBlocks: "blocks"
    case .departments: "department"
    case .examiners: "examine"
    case .documents: "row"
    case .areas: "area"
    case .documentKinds: "cat"
    case .issuers: "subject"
    case .signers: "signer"
    case .polls, .menus, .pages, .questions: nil
    default: rawValue
    }
  }

  /// Whether its rows are found by the item that they belong to, and not gone through in their order.
  var isJoined: Bool { [.details, .tagging, .authors, .options].contains(self) }

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
          "homeimgalt", "homeimgthumb", "allowed_rating", "external_link", "hitstotal", "total_rating",
          "click_rating",
        ]
      )
    case .details:
      (["id", "bodyhtml"], ["titlesite", "description", "sourcetext", "files", "voicedata"])
    case .categories:
      (
        ["catid", "parentid", "title", "alias", "weight"],
        ["description", "descriptionhtml", "image", "status", "keywords", "add_time", "edit_time"]
      )
    case .topics:
      (
        ["topicid", "title"],
        ["alias", "image", "description", "weight", "keywords", "add_time", "edit_time"]
      )
    case .sources: (["sourceid", "title", "link"], ["logo", "weight", "add_time", "edit_time"])
    case .tags: (["tid", "alias", "keywords"], ["title", "description"])
    case .tagging: (["id", "tid"], ["keyword"])
    case .authors: (["id", "pseudonym"], [])
    case .users: (["userid", "username"], [])
    case .polls:
      (["vid", "question", "acceptcm"], ["link", "admin_id", "publ_time", "exp_time", "act"])
    case .options: (["vid", "id", "title", "hitstotal"], ["url"])
    case .pages:
      (
        ["id", "title", "alias", "bodytext", "weight"],
        [
          "image", "imagealt", "description", "keywords", "admin_id", "add_time", "edit_time", "status",
          "hitstotal",
        ]
      )
    case .menus: (["id", "title"], [])
    case .menuItems:
      (
        ["id", "parentid", "mid", "title", "link", "weight"],
        ["icon", "note", "module_name", "op", "target", "status"]
      )
    case .documents:
      (
        ["id", "title", "code", "cid", "sid", "sgid"],
        [
          "alias", "area_ids", "replacement", "relatement", "note", "introtext", "bodytext", "files",
          "status", "eid",
          "addtime", "edittime", "publtime", "startvalid", "exptime", "end_comm_time", "view_hits",
          "download_hits",
        ]
      )
    case .areas: (["id", "parentid", "title", "introduction", "sort"], ["alias", "addtime", "weight"])
    case .documentKinds:
      (["id", "parentid", "title", "introduction", "newday"], ["alias", "addtime", "weight"])
    case .questionGroups: (["id", "parentid", "title", "description", "groups_view"], ["alias", "weight"])
    case .questions:
      (["id", "catid", "title", "question", "answer"], ["alias", "weight", "status", "addtime"])
    case .banners:
      (
        ["id", "title", "pid", "file_name", "click_url"],
        [
          "clid", "file_alt", "target", "bannerhtml", "add_time", "publ_time", "exp_time", "hits_total",
          "act", "weight",
        ]
      )
    case .zones: (["id", "title", "form"], ["description", "width", "height", "act"])
    case .freeContents:
      (
        ["id", "bid", "title", "description", "link", "start_time", "end_time"],
        ["target", "image", "status"]
      )
    case .freeBlocks: (["bid", "title", "description"], [])
    case .departments:
      (
        ["id", "full_name", "email", "cats"],
        ["alias", "phone", "fax", "address", "note", "others", "act", "weight"]
      )
    case .examiners: (["id", "title", "weight"], [])
    case .issuers: (["id", "title", "introduction", "numcount"], [])
    case .signers: (["id", "title", "offices", "positions"], [])
    case .links:
      (
        ["id", "catid", "title", "url"],
        ["alias", "urlimg", "description", "add_time", "edit_time", "hits_total", "status"]
      )
    }
  }

  var columns: [String] { declared.required + declared.optional }

  /// What the table of a module is called.
  func name(of base: String) -> String { suffix.map { "\(base)_\($0)" } ?? base }

  /// What a table is, by the end of its name and by its columns, and the rest of its name:
  /// `nv4_vi_news_rows` → articles of `nv4_vi_news`.
  static func find(_ table: String, _ columns: [String]) -> (table: NukeVietTable, base: String)? {
    guard !table.hasSuffix("_tmp") else { return nil }
    for known in allCases where known.declared.required.allSatisfy(columns.contains) {
      if let suffix = known.suffix {
        if table.hasSuffix("_\(suffix)") { return (known, String(table.dropLast(suffix.count + 1))) }
      } else if known != .menus || table.hasSuffix("_menu") {
        // Few columns tell a menu; there is one module of them, and it keeps its name.
        return (known, table)
      }
    }
    return nil
  }

  /// Items that no plugin here knows yet, each by columns that only its table has.
  private static let others: [(noun: String, columns: [String])] = [
    ("download", ["introtext", "uploadtime", "download_hits"]), ("comment", ["cid", "content", "post_name"]),
    ("message", ["sender_name", "content", "send_time"]),
    ("article list", ["bid", "title", "adddefault", "numbers"]),
    ("author profile", ["uid", "pseudonym", "numnews"]), ("listed article", ["bid", "id", "weight"]),
  ]

  /// How the names of tables end that hold settings, rights, logs and copies of NukeViet and its modules.
  private static let machinery: Set<String> = [
    "config", "config_post", "admins", "logs", "row_histories", "tmp", "report", "server", "set_replace",
    "row_area", "voted", "supporter", "authors", "authors_api_credential", "authors_api_role",
    "authors_config",
    "authors_module", "banip", "ips", "cookies", "cronjobs", "extension_files", "googleplus", "inform",
    "language", "language_file", "notification", "plugin", "plugins", "sessions", "setup_extensions",
    "setup_language", "upload_dir", "upload_file", "blocks_groups", "blocks_weight", "modfuncs",
    "modthemes", "modules", "searchkeys", "click",
  ]

  /// Whether a table holds no content of its own: settings, logs, the copies that NukeViet keeps of the articles of
  /// each category.
  static func isMachinery(_ table: String) -> Bool {
    let parts = table.split(separator: "_")
    if let last = parts.last, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    return (1...3).contains { machinery.contains(parts.suffix($0).joined(separator: "_")) }
  }

  /// The noun of items that are only counted; nil for tables of settings, logs and copies.
  static func other(_ table: String, _ columns: [String]) -> String? {
    if table.hasSuffix("_tmp") { return nil }
    return others.first { $0.columns.allSatisfy(columns.contains) }?.noun
  }
}
