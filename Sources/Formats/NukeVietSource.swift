import ContentModel

/// The content of a NukeViet 4 site, out of a dump of its database: news (sources, topics, categories, tags and
/// articles), polls, pages, documents, questions, offices, links, banners and menus, in an order in which references
/// lead back.
///
/// A dump holds the parts of an article in several tables, in any order; a first pass puts the rows that
/// matter into a scratch store, a second one joins them. So nothing is given before the whole dump has been
/// read, and a broken one gives nothing. Memory: one row and one article.
///
/// Every such module of every language is read; items are known by `nukeviet:vi:article:12` and the like.
/// Not carried: the layout of pages, who may comment, print or see; what `leftOut` counts.
public struct NukeVietSource: RecordSource {
  /// How many items of other nouns the dump holds; complete after the last record.
  public internal(set) var leftOut: [String: Int] = [:]
  /// What was not clear, each with its place, the first hundred; complete after the last record.
  public private(set) var warnings: [String] = []
  public private(set) var warningCount = 0
  /// Pictures that were passed over because there is no folder of media.
  public internal(set) var picturesLeftOut = 0

  /// Every table of the dump that has rows, in the order of names: how many, and what became of them.
  public private(set) var tables: [(name: String, rows: Int, fate: String)] = []

  public let dump: ByteSource
  let shelf: NukeVietShelf
  let mediaFolder: String?
  /// The first names of the tables of users: `nv4`.
  var userBases: [String] = []
  /// Where the files of a module lie below `mediaFolder`, by the module's base: `news/`.
  var fileFolders: [String: String] = [:]
  /// The issuers and signers that documents of the current module named.
  var named: [NukeVietTable: Set<Int64>] = [:]

  private var isRead = false
  private(set) var modules: [NukeVietModule] = []
  private var moduleIndex = 0
  private var stage = 0
  private var number = 0
  /// The keys of the current tree, those above before those below.
  private var order: [Int64] = []
  private var pending: [SourceRecord] = []
  private var done = 0
  private var total = 1

  /// - Parameters:
  ///   - scratch: an empty store for the rows of the dump.
  ///   - mediaFolder: the site's `uploads`; records name files below it. Without it, pictures are left out.
  public init(dump: ByteSource, scratch: any Scratch, mediaFolder: String?) {
    self.dump = dump
    self.mediaFolder = mediaFolder
    shelf = NukeVietShelf(scratch)
  }

  /// Bytes of the dump while it is read; then the same again for the records.
  public var progress: (done: Int, total: Int?) {
    guard let size = dump.size else { return (dump.position, nil) }
    return (isRead ? size + size / total * done : dump.position, size * 2)
  }

  /// The first pass; the first `next` does it otherwise.
  /// - Parameter onProgress: called now and then; may throw to stop.
  public mutating func readDump(onProgress: @escaping () throws -> Void = {}) throws {
    guard !isRead else { return }
    var reading = NukeVietReading(shelf)
    try reading.read(dump, onProgress)
    modules = try reading.modules(of: dump.name)
    userBases = reading.userBases
    leftOut = reading.counts
    tables = reading.tables.sorted { $0.key < $1.key }.map { ($0.key, $0.value.rows, $0.value.fate) }
    for module in modules { fileFolders[module.base] = fileFolder(of: module) }
    total = max(
      1,
      modules.reduce(0) { sum, module in
        sum + module.subject.stages.reduce(0) { $0 + shelf.count($1, of: module.base) }
      })
    isRead = true
  }

  public mutating func next() throws -> SourceRecord? {
    try readDump()
    while pending.isEmpty {
      guard moduleIndex < modules.count else { return nil }
      let module = modules[moduleIndex]
      let stages = module.subject.stages
      let table = stages[stage]
      if number == shelf.count(table, of: module.base) {
        number = 0
        stage += 1
        if stage == stages.count {
          if module.subject == .documents { leaveOutNames(module) }
          (stage, moduleIndex) = (0, moduleIndex + 1)
        }
        continue
      }
      let isTree = [.categories, .areas, .documentKinds, .menuItems].contains(table)
      if isTree, number == 0 { order = try treeOrder(table, module) }
      let key = isTree ? order[number] : try shelf.key(number, of: table, module.base)
      number += 1
      done += 1
      guard let key, let row = try shelf.row(key, of: table, module.base) else { continue }
      switch table {
      case .sources: try addSource(key, row, module)
      case .topics: addTopic(key, row, module)
      case .categories where module.subject == .links: try addLinkGroup(key, row, module)
      case .categories: try addCategory(key, row, module)
      case .tags: try addTag(key, row, module)
      case .polls: try addPoll(key, row, module)
      case .pages: try addPage(key, row, module)
      case .areas: try addClass("area", key, row, table, module)
      case .documentKinds: try addClass("documentkind", key, row, table, module)
      case .questionGroups: addQuestionGroup(key, row, module)
      case .questions: try addQuestion(key, row, module)
      case .documents: try addDocument(key, row, module)
      case .departments: addDepartment(key, row, module)
      case .zones: addZone(key, row, module)
      case .banners: try addBanner(key, row, module)
      case .freeBlocks: addFreeBlock(key, row, module)
      case .freeContents: try addFreeContent(key, row, module)
      case .menus: addMenu(key, row, module)
      case .menuItems: try addMenuItem(key, row, module)
      case .links: try addLink(key, row, module)
      default: try addArticle(key, row, module)
      }
    }
    return pending.removeFirst()
  }

  mutating func give(_ noun: String, _ values: FieldMap, _ place: String, rows: [SourceRow] = []) {
    var record = SourceRecord(noun: noun, values: values, place: place)
    record.rows = rows
    pending.append(record)
  }

  /// Counts what has no place here.
  mutating func leaveOut(_ noun: String, _ count: Int64) {
    guard count > 0 else { return }
    leftOut[noun] = (leftOut[noun] ?? 0).addingReportingOverflow(Int(clamping: count)).partialValue
  }

  mutating func warn(_ place: String, _ problem: String) {
    warningCount += 1
    if warnings.count < 100 { warnings.append("\(place): \(problem)") }
  }

  func place(_ row: NukeVietRecord, _ noun: String, _ key: Int64) -> String {
    "line \(row.line), \(noun) \(key)"
  }

  /// The keys of a module's tree, those above first; refused where one is inside itself.
  private func treeOrder(_ table: NukeVietTable, _ module: NukeVietModule) throws -> [Int64] {
    var parents: [Int64: Int64] = [:]
    var keys: [Int64] = []
    for number in 0..<shelf.count(table, of: module.base) {
      guard let key = try shelf.key(number, of: table, module.base),
        let row = try shelf.row(key, of: table, module.base)
      else { continue }
      parents[key] = row.number("parentid")
      keys.append(key)
    }
    var depths: [Int64: Int] = [:]
    for key in keys {
      var chain: [Int64] = []
      var seen: Set<Int64> = []
      var current = key
      while depths[current] == nil, let parent = parents[current] {
        guard seen.insert(current).inserted else {
          let line = try shelf.row(current, of: table, module.base)?.line ?? 0
          let noun = table == .menuItems ? "entry" : "category"
          throw Refusal(
            .invalid, "\(dump.name), line \(line): \(noun) \(current) of \(module.base) is inside itself",
            hint: "Mend its parentid and dump again.")
        }
        chain.append(current)
        current = parent
      }
      let base = depths[current] ?? 0
      for (above, key) in chain.reversed().enumerated() { depths[key] = base + above + 1 }
    }
    return keys.enumerated().sorted {
      (depths[$0.element] ?? 0, $0.offset) < (depths[$1.element] ?? 0, $1.offset)
    }.map(\.element)
  }
}
