import ContentModel
import Formats
import Foundation
import GRDB
import Storage

/// The lossless form of a site, as `Docs/Formats.md` specifies it.
enum Archive {
  /// Grows when a reader of the former version would misread.
  static let version: Int64 = 1

  static func write(_ context: CommandContext, to target: String) throws {
    let site = try context.site
    let writer =
      target == "-"
      ? try ArchiveWriter(tarTo: context.output.bytes, scratch: FileManager.default.temporaryDirectory.path)
      : try ArchiveWriter(path: target)
    var total = 0
    try site.read { db in
      var counts = FieldMap()
      var media: Set<String> = []
      for shape in site.registry.shapes.sorted(by: { $0.name < $1.name }) {
        let count = try site.store.count(shape.name, Query(isTrashed: nil), db)
        guard count > 0 else { continue }
        counts.append(shape.name, .integer(Int64(count)))
        total += try content(shape, count, site, db, writer, &media, context)
      }
      try redirects(site, db, writer)
      for table in site.registry.sideTables.sorted(by: { $0.name < $1.name }) { try rows(table, db, writer) }
      try settings(db, writer)
      for name in media.sorted() {
        let path = site.mediaPath(name)
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
          throw Refusal(
            .notFound, "The file \(name), which an item names, is not in the site's media",
            hint: "Put it at \(path), or clear the field that names it.")
        }
        try writer.add(
          ArchiveFile(path: "media/\(name)", size: size, sha256: String(name.prefix(64))), from: path)
      }
      _ = try writer.finish(["format": .text("sen"), "version": .integer(version), "counts": .map(counts)])
    }
    context.output.note("Exported \(total) items" + (target == "-" ? "" : " to \(target)"))
  }

  private static func content(
    _ shape: Shape, _ count: Int, _ site: Site, _ db: Database, _ writer: ArchiveWriter,
    _ media: inout Set<String>, _ context: CommandContext
  ) throws -> Int {
    let record = ItemRecord(fields: ItemFields(shape), names: Names(site, db), style: .archive)
    let lines = try RecordBytes(record, record.all, saysType: false, site.store, db)
    try writer.begin("content/\(shape.name).ndjson")
    var (buffer, done): ([UInt8], Int) = ([], 0)
    try lines.write(Query(order: [.init("uid")], isTrashed: nil), to: &buffer) { buffer in
      if buffer.count > 1 << 18 {
        try writer.append(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
      done += 1
      if done % 500 == 0 { context.output.progress("export \(shape.name)", done: done, total: count) }
      if context.output.isInterrupted { throw CancellationError() }
    }
    media.formUnion(lines.media)
    try writer.append(buffer)
    _ = try writer.end()
    return done
  }

  /// Former slugs, ordered by type and slug.
  private static func redirects(_ site: Site, _ db: Database, _ writer: ArchiveWriter) throws {
    let rows = try Row.fetchCursor(
      db,
      sql:
        "SELECT r.type, r.slug, i.uid FROM redirect r JOIN item i ON i.id = r.itemId ORDER BY r.type, r.slug")
    var bytes: [UInt8] = []
    while let row = try rows.next() {
      let map: FieldMap = ["type": .text(row[0]), "slug": .text(row[1]), "item": .text(row[2])]
      try JSONWriter.append(map, to: &bytes)
      bytes.append(0x0A)
    }
    try add(bytes, as: "redirects.ndjson", writer)
  }

  /// The rows of a side table, by the uid of their item, then by their columns.
  private static func rows(_ table: SideTable, _ db: Database, _ writer: ArchiveWriter) throws {
    guard try table.count(db) > 0 else { return }
    var buffer: [UInt8] = []
    try writer.begin("side/\(table.name).ndjson")
    try table.each(db) { row in
      try JSONWriter.append(row, to: &buffer)
      buffer.append(0x0A)
      if buffer.count > 1 << 18 {
        try writer.append(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try writer.append(buffer)
    _ = try writer.end()
  }

  /// Brings the rows of side tables in. An item that has rows here already keeps them (`skip`), loses them for
  /// those of the archive (`update`), or refuses the import (`fail`).
  private static func readRows(_ reader: ArchiveReader, _ policy: ConflictPolicy, _ operation: Operation)
    throws
  {
    for table in operation.site.registry.sideTables {
      let path = "side/\(table.name).ndjson"
      guard reader.files.contains(where: { $0.path == path }) else { continue }
      var source = NDJSONSource(try reader.open(path), noun: table.name)
      var (uid, id, passes): (String, Int64, Bool) = ("", 0, false)
      while let record = try source.next() {
        guard let named = record.values["item"]?.text else {
          throw Refusal(.invalid, "\(path), \(record.place): the row does not say its item", field: "item")
        }
        if named != uid {
          guard let found = try operation.site.store.id(uid: named, operation.db),
            try operation.site.store.type(of: found, operation.db) == table.noun
          else {
            throw Refusal(
              .invalid, "\(path), \(record.place): there is no \(table.noun) \(named)", field: "item")
          }
          (uid, id, passes) = (named, found, false)
          if try table.hasRows(of: id, operation.db) {
            switch policy {
            case .skip: passes = true
            case .fail: throw Refusal(.conflict, "\(table.noun) \(id) has rows of \(table.name) already")
            case .update: try table.removeRows(of: id, operation.db)
            }
          }
        }
        guard !passes else { continue }
        do {
          try table.insert(record.values, of: id, operation.db)
        } catch let refusal as Refusal {
          throw refusal.at("\(path), \(record.place)")
        }
      }
    }
  }

  /// What has been set, ordered by name.
  private static func settings(_ db: Database, _ writer: ArchiveWriter) throws {
    var bytes: [UInt8] = []
    for (name, value) in try Site.storedSettings(db) {
      try JSONWriter.append(["name": .text(name), "value": value], to: &bytes)
      bytes.append(0x0A)
    }
    try add(bytes, as: "settings.ndjson", writer)
  }

  /// A small file of lines; none where there are none.
  private static func add(_ lines: [UInt8], as path: String, _ writer: ArchiveWriter) throws {
    guard !lines.isEmpty else { return }
    try writer.begin(path)
    try writer.append(lines)
    _ = try writer.end()
  }

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
    let summary = try site.writeMany(isDryRun: context.isDryRun) { operation in
      for file in reader.files where file.path.hasPrefix("media/") {
        // Checked before it is brought in, so that no other file comes to be there.
        let isNamed =
          MediaName.isName(String(file.path.dropFirst(6))) && file.path.dropFirst(6).hasPrefix(file.sha256)
        guard isNamed else {
          throw Refusal(.invalid, "\(file.path) is not named by the hash of its content")
        }
        _ = try operation.addMedia(reader.location(of: file.path))
        if context.output.isInterrupted { throw CancellationError() }
      }
      let media = Set(reader.files.map(\.path).filter { $0.hasPrefix("media/") })
      let importer = Importer(operation, policy: policy) { name in
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
        try readRedirects(reader.open("redirects.ndjson"), operation)
      }
      try readRows(reader, policy, operation)
      if reader.files.contains(where: { $0.path == "settings.ndjson" }) {
        try readSettings(reader.open("settings.ndjson"), policy, operation)
      }
      return importer.summary
    }
    try site.reloadSettings()
    try SiteDataCommands.tell(summary, context)
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
  ) throws {
    let present = Set(try Site.storedSettings(operation.db).map(\.name))
    var source = NDJSONSource(source, noun: "setting", file: "settings.ndjson")
    while let record = try source.next() {
      guard let name = record.values["name"]?.text, let value = record.values["value"] else {
        throw Refusal(.invalid, "\(record.place): a setting needs a name and a value")
      }
      if present.contains(name) {
        if policy == .skip { continue }
        if policy == .fail { throw Refusal(.conflict, "the setting \(name) is set already") }
      }
      try operation.set(setting: name, to: value)
    }
  }

  private static func readRedirects(_ source: ByteSource, _ operation: Operation) throws {
    var source = NDJSONSource(source, noun: "redirect", file: "redirects.ndjson")
    while let record = try source.next() {
      guard let slug = record.values["slug"]?.text, let uid = record.values["item"]?.text,
        let id = try operation.site.store.id(uid: uid, operation.db),
        let type = try operation.site.store.type(of: id, operation.db)
      else { throw Refusal(.invalid, "\(record.place): a redirect needs a slug and an item of the archive") }
      try operation.site.store.addRedirect(from: slug, of: type, to: id, operation.db)
    }
  }
}
