import ContentModel

/// The first pass over a dump: finds the tables of news modules, puts their rows by, counts other items.
struct NukeVietReading {
  private enum Plan {
    case skip
    case count(String)
    case read(NukeVietTable, base: String, indices: [Int?])
  }

  /// How many items there are of nouns that are not read.
  private(set) var counts: [String: Int] = [:]
  private(set) var userBases: [String] = []

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
      case .count: .count
      case .read: .read
      }
    } row: { table, columns, row in
      switch try plan(table, columns, bytes) {
      case .skip: break
      case .count(let noun): counts[noun, default: 0] += 1
      case .read(let known, let base, let indices):
        guard let row else { break }
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
    return NukeVietTable.other(table, columns).map { .count($0) } ?? .skip
  }

  /// The news modules of the dump, in the order of their names; refused where there is none, or where a part is
  /// missing.
  func modules(of file: String) throws -> [NukeVietModule] {
    let bases = seen.filter { $0.value.contains(.articles) || $0.value.contains(.details) }.keys.sorted()
    guard !bases.isEmpty else {
      throw Refusal(
        .invalid, "\(file) holds no news of a NukeViet site: no table such as nv4_vi_news_rows",
        hint: "Dump the whole database, or all tables of the news module.")
    }
    var origins: [String: String] = [:]
    return try bases.map { base in
      let missing = NukeVietTable.ofEveryModule.filter { seen[base]?.contains($0) != true }
      guard missing.isEmpty else {
        throw Refusal(
          .invalid,
          "\(file) lacks \(missing.map { "\(base)_\($0.rawValue)" }.joined(separator: ", "))",
          hint: "It is cut off, or a dump of some tables only: dump all tables of the module.")
      }
      for (one, other) in [(NukeVietTable.articles, NukeVietTable.details), (.details, .articles)]
      where shelf.count(one, of: base) > 0 && shelf.count(other, of: base) == 0 {
        throw Refusal(
          .invalid, "\(file) has rows in \(base)_\(one.rawValue) but none in \(base)_\(other.rawValue)",
          hint: "The dump is cut off: make it again.")
      }
      let module = NukeVietModule(base)
      if let other = origins.updateValue(base, forKey: module.origin("article", 0)) {
        throw Refusal(
          .invalid, "\(file) holds two sites: \(other) and \(base)", hint: "Dump and import one at a time.")
      }
      return module
    }
  }
}
