import ContentModel
import Formats
import Foundation
import GRDB
import Storage

/// How an archive comes back into a site.
extension Archive {
  static func read(_ context: CommandContext, from path: String, _ policy: ConflictPolicy) throws {
    let site = try context.site
    let scratch = FileManager.default.temporaryDirectory.path
    let reader =
      path == "-"
      ? try ArchiveReader(tar: ByteSource.standardInput(), scratch: scratch)
      : try ArchiveReader(path: path, scratch: scratch)
    guard reader.manifest["format"] == .text("sen"), case .integer(let found)? = reader.manifest["version"]
    else {
      throw Refusal(.invalid, "\(path) is no Sen archive: its sen.json does not say so")
    }
    guard found <= version else {
      throw Refusal(.invalid, "\(path) is an archive of version \(found); this Sen reads up to \(version)")
    }
    try refuseStrangers(reader, path)
    let (summary, users) = try site.writeMany(isDryRun: context.isDryRun) { operation in
      var users: ArrivedUsers?
      let batch = AtomicBatch()
      for file in reader.files where file.path.hasPrefix("media/") {
        // Checked before it is brought in, so that no other file comes to be there.
        let isNamed =
          MediaName.isName(String(file.path.dropFirst(6))) && file.path.dropFirst(6).hasPrefix(file.sha256)
        guard isNamed else {
          throw Refusal(.invalid, "\(file.path) is not named by the hash of its content")
        }
        _ = try operation.addMedia(reader.location(of: file.path), batch: batch)
        if context.output.isInterrupted { throw CancellationError() }
      }
      try batch.finish()
      let media = Set(reader.files.map(\.path).filter { $0.hasPrefix("media/") })
      let importer = try Importer(operation, policy: policy) { name in
        // A dry run brings no file in, so that one of the archive may be asked for here.
        guard media.contains("media/\(name)") else {
          throw Refusal(.notFound, "the file \(name) is neither in the archive nor in the site")
        }
        return name
      }
      for (noun, file) in content(of: reader, site.registry) {
        var source = NDJSONSource(try reader.open(file.path), noun: noun, file: file.path)
        try SiteDataCommands.drain(&source, importer, context)
      }
      try importer.finish()
      if reader.files.contains(where: { $0.path == "redirects.ndjson" }) {
        try readRedirects(reader.open("redirects.ndjson"), policy, importer)
      }
      var summary = importer.summary
      let rows = try readRows(reader, policy, importer)
      summary.rows = rows.merged
      summary.leftOut.merge(rows.leftOut) { $0 + $1 }
      if reader.files.contains(where: { $0.path == "settings.ndjson" }) {
        let unknown = try readSettings(reader.open("settings.ndjson"), policy, operation)
        if unknown > 0 { summary.leftOut["setting"] = unknown }
      }
      if reader.files.contains(where: { $0.path == "users.ndjson" }) {
        users = try readUsers(reader.open("users.ndjson"), policy, operation)
      }
      return (summary, users)
    }
    try site.reloadSettings()
    try tell(users, context)
    try SiteDataCommands.tell(summary, context)
  }

  /// Refuses files that stand where content and rows do, but are called as no Sen calls them.
  private static func refuseStrangers(_ reader: ArchiveReader, _ path: String) throws {
    for file in reader.files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      guard ["content", "side"].contains(parts[0]), parts.count > 1 else { continue }
      let name = parts[1].split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, name.count == 2, !name[0].isEmpty, name[1] == "ndjson" else {
        throw Refusal(
          .invalid, "\(path): \(file.path) is no file that an archive of a site has",
          hint: "Content is in content/NOUN.ndjson, rows beside it in side/TABLE.ndjson.")
      }
    }
  }

  /// The files of content with their nouns, in the order of the registry: what others refer to comes first.
  private static func content(
    of reader: ArchiveReader, _ registry: Registry
  ) -> [(noun: String, file: ArchiveFile)] {
    let order = Dictionary(
      registry.shapes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return reader.files.filter { $0.path.hasPrefix("content/") }
      .map { ($0.path.dropFirst(8).split(separator: ".").first.map(String.init) ?? "", $0) }
      .sorted { order[$0.0] ?? .max < order[$1.0] ?? .max }
  }

  /// Settings that are set here already follow the policy, as items do.
  private static func readSettings(
    _ source: ByteSource, _ policy: ConflictPolicy, _ operation: Operation
  ) throws -> Int {
    let present = Set(try Site.storedSettings(operation.db).map(\.name))
    // A plugin that is not here may have had settings there.
    let known = Set(operation.site.allSettings().map(\.name))
    var unknown = 0
    var source = NDJSONSource(source, noun: "setting", file: "settings.ndjson")
    while let record = try source.next() {
      guard let name = record.values["name"]?.text, let value = record.values["value"] else {
        throw Refusal(.invalid, "\(record.place): a setting needs a name and a value")
      }
      guard known.contains(name) else {
        unknown += 1
        continue
      }
      if present.contains(name) {
        if policy == .skip { continue }
        if policy == .fail { throw Refusal(.conflict, "the setting \(name) is set already") }
      }
      try operation.set(setting: name, to: value)
    }
    return unknown
  }

  /// Former slugs that lead somewhere here already do so still (`skip`), lead to where the archive says (`update`), or
  /// refuse the import (`fail`). Slugs that items have here lead nowhere else.
  private static func readRedirects(_ source: ByteSource, _ policy: ConflictPolicy, _ importer: Importer)
    throws
  {
    let operation = importer.operation
    var source = NDJSONSource(source, noun: "redirect", file: "redirects.ndjson")
    while let record = try source.next() {
      guard let slug = record.values["slug"]?.text, let uid = record.values["item"]?.text,
        let id = try operation.site.store.id(uid: uid, operation.db),
        let type = try operation.site.store.type(of: id, operation.db)
      else {
        let uid = record.values["item"]?.text ?? ""
        let told = importer.whyRefused(uid, of: FieldKind.anyItem)
        throw Refusal(
          .invalid,
          "\(record.place): a redirect needs a slug and an item of the archive\(told.map { "; \(uid) is one \($0.text)" } ?? "")",
          hint: told?.hint)
      }
      let store = operation.site.store
      // What an item is called now leads to it, whatever was called so elsewhere.
      guard try store.holder(of: slug, type: type, operation.db) == nil else {
        importer.countLeftOut("redirect", 1)
        importer.summary.reasons["redirect"] = "whose slug an item has here"
        continue
      }
      if policy != .update, let known = try store.redirect(from: slug, of: type, operation.db), known != id {
        if policy == .skip { continue }
        throw Refusal(.conflict, "\(record.place): “\(slug)” leads to \(type) \(known) here already")
      }
      try store.addRedirect(from: slug, of: type, to: id, operation.db)
    }
  }

  /// Brings the rows of side tables in. An item that has rows here already keeps them (`skip`), has them merged with
  /// those of the archive (`update`, see `SideTable.merge`), or refuses the import (`fail`).
  /// - Returns: what became of them, and how many each table had that no plugin here declares.
  private static func readRows(
    _ reader: ArchiveReader, _ policy: ConflictPolicy, _ importer: Importer
  ) throws -> (merged: SideTable.Merged, leftOut: [String: Int]) {
    let operation = importer.operation
    var merged = SideTable.Merged()
    let tables = operation.site.registry.sideTables.filter { !$0.isTransient }
    let known = Set(tables.map { "side/\($0.name).ndjson" })
    var leftOut: [String: Int] = [:]
    for file in reader.files where file.path.hasPrefix("side/") && !known.contains(file.path) {
      var source = NDJSONSource(try reader.open(file.path), noun: "row", file: file.path)
      let table = file.path.dropFirst(5).split(separator: ".").first.map(String.init) ?? file.path
      while try source.next() != nil { leftOut["\(table) row", default: 0] += 1 }
    }
    for table in tables {
      let path = "side/\(table.name).ndjson"
      guard reader.files.contains(where: { $0.path == path }) else { continue }
      var source = NDJSONSource(try reader.open(path), noun: table.name)
      guard let noun = table.noun else {
        merged += try readSiteRows(&source, of: table, path, policy, operation)
        continue
      }
      var (uid, id): (String, Int64) = ("", 0)
      // Those of one item.
      var rows: [FieldMap] = []
      func bringIn() throws {
        defer { rows = [] }
        guard !rows.isEmpty else { return }
        if policy != .update, try table.hasRows(of: id, operation.db) {
          if policy == .skip { return }
          throw Refusal(.conflict, "\(noun) \(id) has rows of \(table.name) already")
        }
        merged += try table.merge(rows, of: id, operation.db)
      }
      while let record = try source.next() {
        guard let named = record.values["item"]?.text else {
          throw Refusal(.invalid, "\(path), \(record.place): the row does not say its item", field: "item")
        }
        if named != uid {
          try bringIn()
          guard let found = try operation.site.store.id(uid: named, operation.db),
            try operation.site.store.has(found, of: noun, operation.db)
          else {
            // The item may be of a type that no plugin here declares.
            guard noun != FieldKind.anyItem else {
              leftOut["\(table.name) row", default: 0] += 1
              continue
            }
            let told = importer.whyRefused(named, of: noun)
            throw Refusal(
              .invalid,
              "\(path), \(record.place): there is no \(noun) \(named)\(told.map { ", \($0.text)" } ?? "")",
              field: "item", hint: told?.hint)
          }
          (uid, id) = (named, found)
        }
        do {
          try table.check(record.values, of: id)
        } catch let refusal as Refusal {
          throw refusal.at("\(path), \(record.place)")
        }
        rows.append(record.values)
      }
      try bringIn()
    }
    return (merged, leftOut)
  }

  /// Rows of the site itself, which the policy meets one by one.
  private static func readSiteRows(
    _ source: inout NDJSONSource, of table: SideTable, _ path: String, _ policy: ConflictPolicy,
    _ operation: Operation
  ) throws -> SideTable.Merged {
    let before = try table.count(operation.db)
    var merged = SideTable.Merged()
    while let record = try source.next() {
      do {
        if policy == .update {
          merged += try table.mergeOne(record.values, of: nil, operation.db)
        } else {
          try table.insert(
            record.values, of: nil, doubled: policy == .skip ? .keepOld : .refuse, operation.db)
        }
      } catch let refusal as Refusal {
        throw refusal.at("\(path), \(record.place)")
      }
    }
    if policy != .update { merged.added = try table.count(operation.db) - before }
    return merged
  }
}
