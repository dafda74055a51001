import Foundation
import GRDB
import SenKernel

/// Which files of the site visitors may have: those that something public leads to.
///
/// Names are hashes that nobody guesses; but who has seen one must not get the file any more once what it belonged to
/// is taken down.
struct PublicMedia: Sendable {
  private let site: Site
  /// What was found in a state of the content, since a page leads to many and none of them moves.
  private let found = Guarded<(generation: Int64, shown: [String: Shown])>((-1, [:]))

  /// How something that visitors see leads to a file.
  private enum Shown {
    case not, shown, offered
  }

  /// So many answers are kept; who asks for more makes them up.
  private static let most = 50_000

  init(_ site: Site) { self.site = site }

  /// Where a file lies that the path `/media/NAME` asks for: `HASH/480.jpg`, a size of a picture, or `HASH.pdf`.
  /// Originals of pictures are given only where they are offered as files.
  /// - Parameter generation: the state of the content, as `ContentClock` counts them.
  func place(of name: String, generation: Int64, now: Date) throws -> (folder: String, name: String)? {
    try place(of: name) { try shown($0, generation, now) }
  }

  /// The same of a file that one item leads to, whether or not visitors see that; nil where it lies in the trash.
  /// - Parameter uid: of the item.
  func place(of name: String, on uid: String) throws -> (folder: String, name: String)? {
    let item = try site.read { db in try site.store.id(uid: uid, db).flatMap { try site.store.fetch($0, db) }
    }
    guard let item, item.envelope.trashedAt == nil, let shape = site.registry.shape(item.envelope.type) else {
      return nil
    }
    return try place(of: name) { hash in
      var shown = Shown.not
      for (field, value) in zip(shape.fields, item.values) {
        guard field.isPublic, let text = value.text,
          field.kind == .media ? text.hasPrefix("\(hash).") : field.has(.body) && text.contains(hash)
        else { continue }
        if field.has(.download) { return .offered }
        shown = .shown
      }
      return shown
    }
  }

  private func place(of name: String, _ shown: (String) throws -> Shown) throws -> (
    folder: String, name: String
  )? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      guard MediaName.isName("\(parts[0]).jpg"), parts[1].utf8.allSatisfy(Self.isPlain),
        try shown(parts[0]) != .not
      else {
        return nil
      }
      return (PublishedSizes.root(site), name)
    }
    guard MediaName.isName(name), let file = try? MediaName(fieldValue: .text(name)),
      case let shown = try shown(String(name.prefix(64))), shown != .not,
      shown == .offered || !PublishedSizes.isPicture(file)
    else { return nil }
    return (site.mediaFolder, "\(name.prefix(2))/\(name)")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
    default: false
    }
  }

  private func shown(_ hash: String, _ generation: Int64, _ now: Date) throws -> Shown {
    let known = found.withLock { $0.generation == generation ? $0.shown[hash] : nil }
    if let known { return known }
    let shown = try look(for: hash, now)
    found.withLock { found in
      if found.generation != generation || found.shown.count >= Self.most { found = (generation, [:]) }
      found.shown[hash] = shown
    }
    return shown
  }

  /// Whether something that visitors see leads to the file of a hash: a field that holds it, or a text that names it.
  private func look(for hash: String, _ now: Date) throws -> Shown {
    try site.read { db in
      var shown = Shown.not
      for shape in site.registry.shapes {
        var (leading, offering): ([String], [String]) = ([], [])
        for field in shape.fields where field.isPublic {
          let column = "t.\"\(field.name)\""
          if field.kind == .media {
            let condition = "(\(column) >= ?1 AND \(column) < ?1 || '/')"
            leading.append(condition)
            if field.has(.download) { offering.append(condition) }
          } else if field.has(.body) {
            leading.append("instr(\(column), ?1) > 0")
          }
        }
        // Once something shows it, only what offers it makes a difference.
        let conditions = shown == .not ? leading : offering
        guard !conditions.isEmpty else { continue }
        let whole = site.registry.whole(of: shape).map {
          "AND EXISTS (SELECT 1 FROM item w WHERE w.id = t.\"\($0.name)\" AND \(Visibility.sql("w", at: "?2")))"
        }
        let isOffered = try Bool.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT \(offering.isEmpty ? "0" : offering.joined(separator: " OR "))
              FROM "\(shape.name)" t JOIN item i ON i.id = t.itemId
              WHERE (\(conditions.joined(separator: " OR "))) AND \(Visibility.sql("i", at: "?2")) \(whole ?? "")
              \(offering.isEmpty ? "" : "ORDER BY 1 DESC") LIMIT 1
              """), arguments: [hash, Timestamp.text(now)])
        if isOffered == true { return .offered }
        if isOffered != nil { shown = .shown }
      }
      return shown
    }
  }
}
