import Foundation
import GRDB
import Rendering
import SenKernel
import Storage

/// What `sen serve` answers with 301 and 410: former slugs of what is public, and what has expired or was trashed.
struct FormerAddresses {
  struct Moved {
    let noun: String
    let slug: String
    /// The slug that it has now.
    let target: String
    let title: String
    let language: String?

    /// All that the page in its place is made of, beside what pages share.
    var fingerprint: String { [target, title, language ?? ""].joined(separator: "\u{0}") }
  }

  private(set) var moved: [Moved] = []
  private(set) var gone: [(noun: String, slug: String)] = []

  /// A slug that another item has now is that item's.
  private static let isFree = "NOT EXISTS (SELECT 1 FROM item o WHERE o.type = r.type AND o.slug = r.slug)"

  init(_ site: Site, _ db: Database, now: Date) throws {
    let moment = Timestamp.text(now)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.type, r.slug, i.slug, i.title, i.language FROM redirect r JOIN item i ON i.id = r.itemId
        WHERE i.type = r.type AND \(Visibility.sql("i", at: "?1")) AND \(Self.isFree) ORDER BY r.type, r.slug
        """, arguments: [moment])
    while let row = try rows.next() {
      let one = Moved(noun: row[0], slug: row[1], target: row[2], title: row[3], language: row[4])
      if site.registry.pages[one.noun] != nil { moved.append(one) }
    }
    // Apart, so that each is found by its index: joined by OR they would be looked for among all items.
    let others = try Row.fetchCursor(
      db,
      sql: """
        WITH over(id, type, slug) AS (
          SELECT id, type, slug FROM item WHERE state = 'published' AND trashedAt IS NOT NULL
          UNION SELECT id, type, slug FROM item WHERE state = 'published' AND expireAt <= ?1
        )
        SELECT type, slug FROM over
        UNION SELECT r.type, r.slug FROM over i JOIN redirect r ON r.itemId = i.id
          WHERE i.type = r.type AND \(Self.isFree)
        ORDER BY type, slug
        """, arguments: [moment])
    while let row = try others.next() {
      if site.registry.pages[row[0]] != nil { gone.append((row[0], row[1])) }
    }
  }

  // MARK: Files

  /// Whether a slug can be the name of a folder. Former slugs come with archives as well, so that anything may stand in
  /// them; and what a feed is called is no folder.
  static func isFolderName(_ slug: String) -> Bool {
    !slug.isEmpty && slug.utf8.count <= 255 && !slug.hasPrefix(".")
      && !slug.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/") }
      && !FeedFormat.allCases.contains { $0.fileName == slug }
  }

  // MARK: Maps

  /// `.sen/redirects.map`, as nginx includes it in a `map` of the beginning of a path, `/article/tin-cu/`.
  var redirectsMap: [UInt8] {
    Self.map(
      "Where items have moved to", moved.map { ($0.noun, $0.slug, Self.path($0.noun, $0.target)) })
  }

  /// `.sen/gone.map`: what was there and will not be again.
  var goneMap: [UInt8] {
    Self.map("What is gone", gone.map { ($0.noun, $0.slug, "1") })
  }

  private static func path(_ noun: String, _ slug: String) -> String {
    PageAddress.item(noun: noun, slug: slug).encodedPath
  }

  /// Keys are written as nginx has decoded them. It compares them in small letters, so that what is not written in them
  /// would lead to itself, or stand there twice: such slugs are left out, as are control characters.
  private static func map(_ title: String, _ entries: [(noun: String, slug: String, value: String)])
    -> [UInt8]
  {
    var text = "# \(title), by sen publish; nginx reads it when it is reloaded.\n"
    for entry in entries where isKey(entry.slug) {
      let key = PageAddress.item(noun: entry.noun, slug: entry.slug).path
        .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      text += "\"\(key)\" \"\(entry.value)\";\n"
    }
    return Array(text.utf8)
  }

  private static func isKey(_ slug: String) -> Bool {
    !slug.isEmpty
      && !slug.utf8.contains {
        $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/")
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
      }
  }
}
