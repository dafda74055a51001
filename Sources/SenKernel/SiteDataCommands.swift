import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// `export` and `import`: all data of a site, out and in (`SiteDataCommands+Import.swift`).
enum SiteDataCommands {
  static let all = [export, importing]

  private static let export = Command(
    CommandSpec(
      noun: "export", verb: "", summary: "Writes site data as an archive or in an open format",
      discussion: """
        The archive is lossless: every field of every item, redirects and media, with checksums; a folder, or a
        tar where the name ends with .tar. ndjson, json and csv hold the content of the named nouns.
        """,
      arguments: [
        ArgumentSpec("format", help: "How to write", kind: .choice(["archive", "ndjson", "json", "csv"])),
        ArgumentSpec("nouns", help: "What to write; all if none is named", kind: .noun, arity: .many),
      ],
      flags: [FlagSpec("to", help: "Where to; - for standard output", kind: .path)],
      examples: ["sen export archive --to site.tar", "sen export ndjson article --to articles.ndjson"])
  ) { context in
    let format = context.invocation.value("format") ?? ""
    let target = context.invocation.flag("to") ?? "-"
    if format == "archive" {
      // It holds everything; most who say more have left out the flag.
      if let first = context.invocation.values("nouns").first {
        let path = first.contains(".") || first.contains("/") ? first : "site.tar"
        throw Refusal(
          .usage, "An archive holds the whole site, so that “\(first)” is no part of it to choose",
          hint: "Where to is said by --to: sen export archive --to \(path)")
      }
      try Archive.write(context, to: target)
    } else {
      try records(context, format, to: target)
    }
  }

  private static func records(_ context: CommandContext, _ format: String, to target: String) throws {
    let site = try context.site
    let named = context.invocation.values("nouns")
    let nouns = try (named.isEmpty ? site.registry.shapes.map(\.name) : named).map { try site.shape($0) }
    guard format != "csv" || nouns.count == 1 else {
      throw Refusal(
        .usage, "A CSV file holds one noun", hint: "Example: sen export csv article --to articles.csv")
    }
    let isThere = FileManager.default.fileExists(atPath: target)
    let bytes = try sink(context, target)
    let count =
      format == "ndjson"
      ? try lines(context, nouns, to: bytes) : try records(context, nouns, to: sink(format, nouns, bytes))
    context.output.progress("export", done: count, total: count)
    tellExported(count, target, isThere: isThere, context)
  }

  /// Where the bytes of an export go. For a dry run nowhere, but the target that would be refused is.
  private static func sink(_ context: CommandContext, _ target: String) throws -> any ByteSink {
    guard target != "-" else { return context.isDryRun ? DiscardingSink() : context.output.bytes }
    let file = try AtomicFile(path: target)
    guard context.isDryRun else { return file }
    file.cancel()
    return DiscardingSink()
  }

  /// - Parameter isThere: whether something stood at the target before.
  static func tellExported(_ count: Int, _ target: String, isThere: Bool, _ context: CommandContext) {
    let place = target == "-" ? "" : " to \(target)"
    guard context.isDryRun else {
      return context.output.note("Exported \(Counted.text(count, "item"))\(place)")
    }
    let replaced = isThere && target != "-" ? ", in the place of what is there" : ""
    context.output.note(
      "Dry run, nothing written: would have exported \(Counted.text(count, "item"))\(place)\(replaced)")
  }

  private static func sink(_ format: String, _ nouns: [Shape], _ bytes: any ByteSink) -> any RecordSink {
    if format == "json" { return JSONSink(bytes) }
    return CSVSink(bytes, columns: nouns.first.map { ["type", "uid"] + ItemFields($0).openNames } ?? [])
  }

  private static func records(
    _ context: CommandContext, _ nouns: [Shape], to sink: any RecordSink
  ) throws -> Int {
    let site = try context.site
    var (sink, count) = (sink, 0)
    try site.read { db in
      let total = try total(nouns, site, db)
      for shape in nouns {
        let record = ItemRecord(fields: ItemFields(shape), names: Names(site, db), style: .people)
        let wanted = record.all
        try site.store.each(shape.name, Query(isTrashed: nil), db) { item in
          var map: FieldMap = ["type": .text(shape.name)]
          for name in wanted { map.append(name, try record.value(name, of: item)) }
          try sink.write(map)
          count += 1
          try tell(count, total, context)
          return true
        }
      }
    }
    try sink.finish()
    return count
  }

  /// The same records as lines of JSON.
  private static func lines(_ context: CommandContext, _ nouns: [Shape], to sink: any ByteSink) throws -> Int
  {
    let site = try context.site
    var (buffer, count): ([UInt8], Int) = ([], 0)
    try site.read { db in
      let total = try total(nouns, site, db)
      for shape in nouns {
        let record = ItemRecord(fields: ItemFields(shape), names: Names(site, db), style: .people)
        let writer = try RecordBytes(record, record.all, saysType: true, site.store, db)
        try writer.write(Query(isTrashed: nil), to: &buffer) { buffer in
          if buffer.count > 1 << 17 {
            try sink.write(buffer)
            buffer.removeAll(keepingCapacity: true)
          }
          count += 1
          try tell(count, total, context)
        }
      }
    }
    try sink.write(buffer)
    try sink.finish()
    return count
  }

  private static func total(_ nouns: [Shape], _ site: Site, _ db: Database) throws -> Int {
    try nouns.reduce(0) { try $0 + site.store.count($1.name, Query(isTrashed: nil), db) }
  }

  private static func tell(_ count: Int, _ total: Int, _ context: CommandContext) throws {
    if count % 500 == 0 { context.output.progress("export", done: count, total: total) }
    if context.output.isInterrupted { throw CancellationError() }
  }
}

/// Some of it was done and some was not, as was told; exit code 7.
public struct DoneInPart: Error {
  public init() {}
}

/// Something failed in the middle of what is done one by one; what was done before stays, and is told.
public struct FailedInPart: Error {
  /// What went wrong.
  public let cause: any Error
  /// What was done by then, such as `3 photos were imported`.
  public let done: String

  public init(_ cause: any Error, done: String) { (self.cause, self.done) = (cause, done) }
}

/// The user stopped it, and what was done by then is kept; where nothing was written, that is `CancellationError`.
public struct StoppedInPart: Error {
  /// What was done by then, as a sentence goes on: `3 files were written`.
  public let done: String

  public init(_ done: String = "what was done by then is kept") { self.done = done }

  /// What to throw when the user has stopped a command that had done so much.
  public static func error(done: Int, _ context: CommandContext) -> any Error {
    done == 0 || context.isDryRun ? CancellationError() : StoppedInPart()
  }
}
