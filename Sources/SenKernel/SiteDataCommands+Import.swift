import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// `import`: the data of a site, and files of others, in.
extension SiteDataCommands {
  static let importing = Command(
    CommandSpec(
      noun: "import", verb: "", summary: "Brings site data in",
      discussion: """
        Items are matched by uid, else by the id that they have in the source; where a record says neither, by slug. A
        record whose uid is not here and whose slug is taken here is refused: by their uids they are two items.
        Everything is written in one transaction: a broken source changes nothing.
        """,
      arguments: [
        ArgumentSpec("format", help: "What it is", kind: .choice(["archive", "ndjson", "csv", "nukeviet"])),
        ArgumentSpec("path", help: "The file or folder; - for standard input", kind: .path),
      ],
      flags: [
        FlagSpec(
          "on-conflict", help: "What to do with items that are there; update unless told otherwise",
          kind: .choice(ConflictPolicy.allCases.map(\.rawValue))),
        FlagSpec("noun", help: "The noun of records that do not say their type", kind: .noun),
        FlagSpec("media", help: "The folder that pictures lie in", kind: .path),
      ],
      examples: [
        "sen import archive site.tar", "sen import ndjson articles.ndjson --dry-run",
        "sen import nukeviet dump.sql --media uploads",
      ])
  ) { context in
    let policy = context.invocation.flag("on-conflict").flatMap(ConflictPolicy.init) ?? .update
    let path = context.invocation.value("path") ?? ""
    switch context.invocation.value("format") {
    case "archive": try Archive.read(context, from: path, policy)
    case "nukeviet": try NukeVietImport.run(context, path, policy)
    case "csv":
      guard let noun = context.invocation.flag("noun") else {
        throw Refusal(
          .usage, "Which noun are the rows?", hint: "Example: sen import csv links.csv --noun article")
      }
      try read(context, CSVSource(source(path, context), noun: noun), policy)
    default:
      try read(context, NDJSONSource(source(path, context), noun: context.invocation.flag("noun")), policy)
    }
  }

  /// What is to be read in an operation. Pipes are read to their end before.
  private static func source(_ path: String, _ context: CommandContext) throws -> ByteSource {
    try source(path).atRest {
      if context.output.isInterrupted { throw CancellationError() }
    }
  }

  static func source(_ path: String) throws -> ByteSource {
    path == "-" ? ByteSource.standardInput() : try ByteSource(path: path)
  }

  /// Imports all records of a source in one operation, and tells what became of them.
  static func read(
    _ context: CommandContext, _ source: some RecordSource & SendableMetatype, _ policy: ConflictPolicy
  ) throws {
    let site = try context.site
    let summary = try site.writeMany(isDryRun: context.isDryRun) { operation in
      let importer = try Importer(operation, policy: policy) { try addFile($0, operation, context) }
      try drainAhead(source, importer, operation, context)
      try importer.finish()
      return importer.summary
    }
    try tell(summary, context)
  }

  /// Reads the records on a thread of its own, so that reading and writing take the time of the longer one.
  private static func drainAhead(
    _ source: some RecordSource & SendableMetatype, _ importer: Importer, _ operation: Operation,
    _ context: CommandContext
  ) throws {
    // From here on the source is the other thread's alone.
    nonisolated(unsafe) var preparation = RecordPreparation(
      source, operation.site, now: operation.now, importer.known)
    let ahead = Ahead(depth: 64) { try preparation.next() }
    defer { ahead.stop() }
    var count = 0
    func stopIfAsked() throws {
      if context.output.isInterrupted { throw CancellationError() }
    }
    while let prepared = try ahead.next(whileWaiting: stopIfAsked) {
      try importer.add(prepared)
      count += 1
      if count % 200 == 0 {
        context.output.progress("import", done: prepared.progress.done, total: prepared.progress.total)
        try stopIfAsked()
      }
    }
  }

  static func drain(
    _ source: inout some RecordSource, _ importer: Importer, _ context: CommandContext
  ) throws {
    var count = 0
    while let record = try source.next() {
      try importer.add(record)
      count += 1
      if count % 200 == 0 {
        let progress = source.progress
        context.output.progress("import", done: progress.done, total: progress.total)
        if context.output.isInterrupted { throw CancellationError() }
      }
    }
  }

  static func addFile(_ path: String, _ operation: Operation, _ context: CommandContext) throws -> String {
    guard let folder = context.invocation.flag("media") else {
      throw Refusal(.usage, "Where is \(path)?", hint: "Say --media FOLDER.")
    }
    guard !path.utf8.split(separator: 0x2F).contains(where: { $0.elementsEqual("..".utf8) }) else {
      throw Refusal(.invalid, "The file \(path) would lie outside \(folder)", hint: "Name one in the folder.")
    }
    // The media folder of another site keeps its files in folders of two digits.
    let inSite = "\(path.prefix(2))/\(path)"
    if MediaName.isName(path), FileManager.default.fileExists(atPath: "\(folder)/\(inSite)") {
      return try operation.addMedia(inSite, in: folder)
    }
    return try operation.addMedia(path, in: folder)
  }

  /// What became of rows that came by themselves.
  private static func told(_ rows: SideTable.Merged) -> String {
    let parts = [
      ("brought", rows.added), ("changed", rows.changed), ("removed", rows.removed),
      ("kept newer", rows.kept),
    ].filter { $0.1 > 0 }
    guard !parts.isEmpty else { return "" }
    let told = parts.enumerated().map { index, part in
      "\(part.0) \(index == 0 ? Counted.text(part.1, "row") + " of votes, ratings or counts" : String(part.1))"
    }
    return "; " + told.joined(separator: ", ")
  }

  static func tell(_ summary: ImportSummary, _ context: CommandContext) throws {
    for failure in summary.failures { context.output.note("failed: \(failure.place): \(failure.message)") }
    if summary.failed > summary.failures.count {
      context.output.note("… and \(summary.failed - summary.failures.count) more")
    }
    for (noun, count) in summary.leftOut.sorted(by: { $0.key < $1.key }) {
      context.output.note(
        "left out: \(Counted.text(count, noun)), \(summary.reasons[noun] ?? "which no plugin here keeps")")
    }
    let would = context.isDryRun ? "Dry run, nothing written: " : ""
    context.output.note(
      "\(would)created \(summary.created), updated \(summary.updated), skipped \(summary.skipped), failed \(summary.failed)"
        + told(summary.rows))
    if summary.failed > 0 { throw DoneInPart() }
  }
}
