import ContentModel
import Formats
import Foundation
import Grammar
import Storage
import Vietnamese

/// `import nukeviet`: a dump of a NukeViet site, joined in a temporary database.
enum NukeVietImport {
  static func run(_ context: CommandContext, _ path: String, _ policy: ConflictPolicy) throws {
    let site = try context.site
    let folder = context.invocation.flag("media")
    if let folder { try check(folder) }
    var source = NukeVietSource(
      dump: try SiteDataCommands.source(path), scratch: try ScratchTables(), mediaFolder: folder)
    let dump = source.dump
    // Outside of the operation: others may write to the site while a large dump is read.
    try source.readDump {
      context.output.progress("import", done: dump.position, total: dump.size.map { $0 * 2 })
      if context.output.isInterrupted { throw CancellationError() }
    }
    var records = SluggedRecords(source: source)
    // Not gathered for speed as other imports are: a large dump takes no more memory than a small one.
    var summary = try site.write(isDryRun: context.isDryRun) { operation in
      let importer = try Importer(operation, policy: policy) { try addFile($0, operation, context) }
      try SiteDataCommands.drain(&records, importer, context)
      try importer.finish()
      return importer.summary
    }
    source = records.source
    summary.leftOut.merge(source.leftOut) { $0 + $1 }
    summary.reasons = reasons
    tell(source, context)
    let read = summary.read.sorted { $0.key < $1.key }.map { Counted.text($0.value, $0.key) }
    context.output.note("read: \(read.joined(separator: ", "))")
    try SiteDataCommands.tell(summary, context)
  }

  private static let words = "which no document names; here they are words of documents"
  /// Why there is no place for some things that there could be one for.
  private static let reasons = [
    "document issuer": words, "document signer": words, "document examiner": words,
    "message": "which are letters to an office, not questions to be published",
    "download": "counted of several files together, or of files that are not there",
    "document file": "which are not in the folder that --media names, or none is named",
  ]

  private static func check(_ folder: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Refusal(.notFound, "There is no folder \(folder)", hint: "Give the site's uploads with --media.")
    }
  }

  private static func addFile(_ path: String, _ operation: Operation, _ context: CommandContext) throws
    -> String
  {
    do {
      let folder = context.invocation.flag("media") ?? "."
      return try operation.addMedia(path, in: folder)
    } catch let refusal as Refusal where refusal.code == .notFound {
      var refusal = refusal
      refusal.hint = "Put it there and import again; or import without --media, and covers are left out."
      throw refusal
    }
  }

  private static func tell(_ source: NukeVietSource, _ context: CommandContext) {
    if context.invocation.has("verbose") {
      for table in source.tables {
        context.output.note("\(table.name): \(Counted.text(table.rows, "row")), \(table.fate)")
      }
    }
    let passed = source.tables.filter { $0.fate == "settings, logs or copies" }
    if !passed.isEmpty, !context.invocation.has("verbose") {
      context.output.note(
        "passed over: \(Counted.text(passed.count, "table")) of settings, logs or copies; --verbose names every table"
      )
    }
    for warning in source.warnings { context.output.note("warning: \(warning)") }
    if source.warningCount > source.warnings.count {
      context.output.note("… and \(source.warningCount - source.warnings.count) more warnings")
    }
    if source.picturesLeftOut > 0 {
      context.output.note(
        "left out: \(source.picturesLeftOut) pictures; say --media FOLDER, the site's uploads, to bring them")
    }
  }
}

/// Records whose slugs are made to be slugs: `Ra-mat-cong-ty` → `ra-mat-cong-ty`, `bộ-gd&đt` → `bo-gd-dt`.
private struct SluggedRecords: RecordSource {
  var source: NukeVietSource
  var progress: (done: Int, total: Int?) { source.progress }

  mutating func next() throws -> SourceRecord? {
    guard var record = try source.next() else { return nil }
    if let alias = record.values["slug"]?.text {
      let slug = Slugs.make(alias)
      record.values["slug"] = slug.isEmpty ? nil : .text(slug)
    }
    return record
  }
}

/// The temporary database of the storage room, in the form that codecs ask for.
final class ScratchTables: Scratch {
  private let database: ScratchDatabase

  init() throws { database = try ScratchDatabase() }

  func append(_ bytes: [UInt8], to table: String, key: Int64) throws {
    try database.append(bytes, to: table, key: key)
  }
  func rows(of table: String, key: Int64) throws -> [[UInt8]] { try database.rows(of: table, key: key) }
  func each(_ table: String, _ body: (Int64, [UInt8]) throws -> Void) throws {
    try database.each(table, body)
  }
}
