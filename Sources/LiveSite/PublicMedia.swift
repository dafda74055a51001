import Foundation
import GRDB
import SenKernel

/// Which files of the site visitors may have: those that something public leads to.
///
/// Names are hashes that nobody guesses; but who has seen one must not get the file any more once what it belonged to
/// is taken down.
struct PublicMedia {
  private let site: Site
  private let now: Date

  init(_ site: Site, now: Date) { (self.site, self.now) = (site, now) }

  /// Where a file lies that the path `/media/NAME` asks for: `HASH/480.jpg`, a size of a picture, or `HASH.pdf`.
  /// Originals of pictures are never given.
  func place(of name: String) throws -> (folder: String, name: String)? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      guard MediaName.isName("\(parts[0]).jpg"), parts[1].utf8.allSatisfy(Self.isPlain), try isShown(parts[0])
      else {
        return nil
      }
      return (PublishedSizes.root(site), name)
    }
    guard MediaName.isName(name), let file = try? MediaName(fieldValue: .text(name)),
      !PublishedSizes.isPicture(file),
      try isShown(String(name.prefix(64)))
    else { return nil }
    return (site.mediaFolder, "\(name.prefix(2))/\(name)")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Whether something that visitors see leads to the file of a hash: a field that holds it, or a text that names it.
  private func isShown(_ hash: String) throws -> Bool {
    try site.read { db in
      for shape in site.registry.shapes {
        var conditions: [String] = []
        for field in shape.fields where field.isPublic {
          let column = "t.\"\(field.name)\""
          if field.kind == .media {
            conditions.append("(\(column) >= ?1 AND \(column) < ?1 || '/')")
          } else if field.has(.body) {
            conditions.append("instr(\(column), ?1) > 0")
          }
        }
        guard !conditions.isEmpty else { continue }
        let found = try Bool.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT 1 FROM "\(shape.name)" t JOIN item i ON i.id = t.itemId
              WHERE (\(conditions.joined(separator: " OR "))) AND i.state = 'published' AND i.trashedAt IS NULL
                AND (i.publishAt IS NULL OR i.publishAt <= ?2) AND (i.expireAt IS NULL OR i.expireAt > ?2) LIMIT 1
              """), arguments: [hash, Timestamp.text(now)])
        if found == true { return true }
      }
      return false
    }
  }
}
