import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// `import nukeviet`: a dump of a NukeViet site, joined in a temporary database.
enum NukeVietImport {
  static func run(_ context: CommandContext, _ path: String, _ policy: ConflictPolicy) throws {
    let scratch = try ScratchTables()
    let source = try NukeVietSource(
      dump: SiteDataCommands.source(path), scratch: scratch, mediaFolder: context.invocation.flag("media"))
    try SiteDataCommands.read(context, source, policy)
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
