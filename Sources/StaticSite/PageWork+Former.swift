import Foundation
import GRDB
import Rendering
import SenKernel

/// Files that are no pages of the content: what stands at former addresses, the maps of them, and what is shown where
/// nothing is.
extension PageWork {
  static let redirectsMap = ".sen/redirects.map"
  static let goneMap = ".sen/gone.map"
  /// By the names that static hosts look for; not the site's own are left as they are without a word.
  static let notices = [(kind: "missing", path: "404.html"), (kind: "gone", path: "410.html")]

  /// Writes what has to be new of it.
  /// - Returns: the pages at former addresses that belong there, with what each was made from.
  func writeFormer(_ shared: Shared) throws -> [String: String] {
    let site = publisher.site
    let former = try site.read { try FormerAddresses(site, $0, now: now) }
    let before = try plan.isWhole ? [:] : publisher.manifest.former()
    let parts =
      try former.moved.isEmpty
      ? [:] : publisher.manifest.parts(since: plan.isWhole ? run : 0, without: Set(shared.gone))
    var fingerprints: [String: String] = [:]
    var files: [Made] = []
    func flush() throws {
      try write(files, shared)
      files = []
    }
    for one in former.moved where FormerAddresses.isFolderName(one.slug) {
      let numbers = [1] + (parts["\(one.noun)/\(one.target)"] ?? []).sorted()
      for number in numbers {
        let path = try Publisher.file(.item(noun: one.noun, slug: one.slug, page: number))
        fingerprints[path] = one.fingerprint
        guard before[path] != one.fingerprint else { continue }
        let page = try publisher.maker.moved(
          to: .item(noun: one.noun, slug: one.target, page: number), title: one.title, language: one.language)
        files.append(try self.file(path, page))
      }
      if files.count >= Self.batch { try flush() }
    }
    files.append(try file(Self.redirectsMap, former.redirectsMap))
    files.append(try file(Self.goneMap, former.goneMap))
    try flush()
    return fingerprints
  }

  /// Somebody's own page for what is missing stands, and nobody is told each time.
  func writeNotices(_ shared: Shared) throws {
    let made = try publisher.site.read { db in
      try Self.notices.compactMap { notice -> Made? in
        let isForeign =
          try !publisher.manifest.has(notice.path)
          && FileManager.default.fileExists(atPath: "\(publisher.folder)/\(notice.path)")
        guard !isForeign || publisher.isTakenOver else { return nil }
        let page = try publisher.maker.notice(notice.kind, db, now: now)
        let made = try file(notice.path, page.bytes, page.trace)
        // Where nobody knows who made it, only the very same one is Sen's.
        let isSame =
          FileManager.default.contents(atPath: "\(publisher.folder)/\(notice.path)") == Data(made.bytes)
        return !isForeign || isSame ? made : nil
      }
    }
    try write(made, shared)
  }
}
