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
    let isThere = FileManager.default.fileExists(atPath: target)
    let writer = try writer(context, target)
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
      for table in site.registry.sideTables.sorted(by: { $0.name < $1.name }) where !table.isTransient {
        try rows(table, db, writer)
      }
      try settings(site, db, writer)
      try users(db, writer)
      for name in media.sorted() {
        let path = site.mediaPath(name)
        guard site.hasMedia(name),
          let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        else {
          throw Refusal(
            .notFound, "The file \(name), which an item names, is not in the site's media",
            hint: "Put it at \(path), or clear the field that names it.")
        }
        try writer.add(
          ArchiveFile(path: "media/\(name)", size: size, sha256: String(name.prefix(64))), from: path)
      }
      _ = try writer.finish(["format": .text("sen"), "version": .integer(version), "counts": .map(counts)])
    }
    SiteDataCommands.tellExported(total, target, isThere: isThere, context)
  }

  private static func writer(_ context: CommandContext, _ target: String) throws -> ArchiveWriter {
    let scratch = FileManager.default.temporaryDirectory.path
    guard context.isDryRun else {
      return try target == "-"
        ? ArchiveWriter(tarTo: context.output.bytes, scratch: scratch) : ArchiveWriter(path: target)
    }
    // Begun, and left at once: what would be refused is, and nothing of it stays.
    if target != "-" { _ = try ArchiveWriter(path: target) }
    return try ArchiveWriter(tarTo: DiscardingSink(), scratch: scratch)
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

  /// What has been set, ordered by name; secrets stay with the site.
  private static func settings(_ site: Site, _ db: Database, _ writer: ArchiveWriter) throws {
    let secrets = site.registry.secretSettings
    var bytes: [UInt8] = []
    for (name, value) in try Site.storedSettings(db) where !secrets.contains(name) {
      try JSONWriter.append(["name": .text(name), "value": value], to: &bytes)
      bytes.append(0x0A)
    }
    try add(bytes, as: "settings.ndjson", writer)
  }

  /// Who works on the site, ordered by name; what proves it stays with the site.
  private static func users(_ db: Database, _ writer: ArchiveWriter) throws {
    var bytes: [UInt8] = []
    for user in try User.all(db) {
      try JSONWriter.append(user.record, to: &bytes)
      bytes.append(0x0A)
    }
    try add(bytes, as: "users.ndjson", writer)
  }

  /// A small file of lines; none where there are none.
  private static func add(_ lines: [UInt8], as path: String, _ writer: ArchiveWriter) throws {
    guard !lines.isEmpty else { return }
    try writer.begin(path)
    try writer.append(lines)
    _ = try writer.end()
  }
}
