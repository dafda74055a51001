import ContentModel

/// The first pass over a dump: finds the tables of modules, puts their rows by, counts other items.
struct NukeVietReading {
  private enum Plan {
    case skip
    case count(String)
    /// Counted as rows of the table, where `isContent`; no module here is known to have it.
    case pass(isContent: Bool)
    case read(NukeVietTable, base: String, indices: [Int?])
  }

  /// How many items there are of nouns that are not read.
  private(set) var counts: [String: Int] = [:]
  private(set) var userBases: [String] = []
  /// Each table with rows: how many, and what becomes of them.
  private(set) var tables: [String: (rows: Int, fate: String)] = [:]

  private let shelf: NukeVietShelf
  private var plans: [String: (columns: [String]?, plan: Plan)] = [:]
  private var seen: [String: Set<NukeVietTable>] = [:]

  init(_ shelf: NukeVietShelf) { self.shelf = shelf }

  mutating func read(_ source: ByteSource, _ onProgress: @escaping () throws -> Void) throws {
    var dump = NukeVietDump(source)
    let bytes = dump.bytes
    bytes.beforeChunk = onProgress
    try dump.read { table, columns in
      switch try plan(table, columns, bytes) {
      case .skip: .skip
      case .count, .pass: .count
      case .read: .read
      }
    } row: { table, columns, row in
      switch try plan(table, columns, bytes) {
      case .skip: break
      case .count(let noun):
        counts[noun, default: 0] += 1
        note(table, "left out, as \(noun)")
      case .pass(let isContent):
        if isContent { counts["row of \(table)", default: 0] += 1 }
        note(table, isContent ? "left out" : "settings, logs or copies")
      case .read(let known, let base, let indices):
        guard let row else { break }
        note(table, "read as \(known)")
        guard let key = row[indices[0]].flatMap({ Int64(String(decoding: $0, as: UTF8.self)) }) else {
          throw bytes.refusal("a row of \(table) has no number for \(known.columns[0])", line: row.line)
        }
        for case let index? in indices {
          let isValid = row[index]?.withUnsafeBufferPointer { Bytes.invalidUTF8(in: $0) == nil } ?? true
          guard isValid else {
            throw bytes.refusal(
              "\(columns[index]) of \(table) \(key) is not valid UTF-8", line: row.line,
              hint: "Convert the dump to UTF-8 first.")
          }
        }
        try shelf.add(NukeVietRecord.pack(row, indices), to: known, of: base, key: key)
        if known == .users { counts["user", default: 0] += 1 }
      }
    }
  }

  private mutating func plan(_ table: String, _ columns: [String]?, _ bytes: NukeVietBytes) throws -> Plan {
    if let known = plans[table], known.columns == columns { return known.plan }
    let plan = try makePlan(table, columns, bytes)
    plans[table] = (columns, plan)
    return plan
  }

  private mutating func makePlan(_ table: String, _ columns: [String]?, _ bytes: NukeVietBytes) throws -> Plan
  {
    guard let columns else {
      guard NukeVietTable.ofEveryModule.contains(where: { table.hasSuffix("_\($0.rawValue)") }) else {
        return .skip
      }
      throw bytes.refusal(
        "rows of \(table), but not which columns it has", hint: "Dump the structure together with the data.")
    }
    if let (known, base) = NukeVietTable.find(table, columns) {
      if known == .users, !userBases.contains(base) { userBases.append(base) }
      seen[base, default: []].insert(known)
      return .read(known, base: base, indices: known.columns.map { columns.firstIndex(of: $0) })
    }
    return NukeVietTable.other(table, columns).map { .count($0) }
      ?? .pass(isContent: !NukeVietTable.isMachinery(table))
  }

  private mutating func note(_ table: String, _ fate: String) {
    tables[table, default: (0, fate)].rows += 1
  }

  /// The modules of the dump, news first and in the order of their names; refused where there is none, or where a
  /// part is missing.
  func modules(of file: String) throws -> [NukeVietModule] {
    var origins: [String: String] = [:]
    var modules: [NukeVietModule] = []
    for subject in NukeVietSubject.allCases {
      for base in seen.filter({ !$0.value.isDisjoint(with: subject.marks) }).keys.sorted() {
        let missing = subject.parts.filter { seen[base]?.contains($0) != true }
        guard missing.isEmpty else {
          throw Refusal(
            .invalid, "\(file) lacks \(missing.map { $0.name(of: base) }.joined(separator: ", "))",
            hint: "It is cut off, or a dump of some tables only: dump all tables of the module.")
        }
        for (one, other) in subject.pairs
        where shelf.count(one, of: base) > 0 && shelf.count(other, of: base) == 0 {
          throw Refusal(
            .invalid, "\(file) has rows in \(one.name(of: base)) but none in \(other.name(of: base))",
            hint: "The dump is cut off: make it again.")
        }
        let module = NukeVietModule(base, subject)
        if let other = origins.updateValue(base, forKey: module.origin("\(subject)", 0)) {
          throw Refusal(
            .invalid, "\(file) holds two sites: \(other) and \(base)",
            hint: "Dump and import one at a time.")
        }
        modules.append(module)
      }
    }
    guard !modules.isEmpty else {
      throw Refusal(
        .invalid, "\(file) holds nothing of a NukeViet site: no table such as nv4_vi_news_rows",
        hint: "Dump the whole database, or all tables of a module.")
    }
    return modules
  }
}
