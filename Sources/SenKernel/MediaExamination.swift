import ContentModel
import Formats
import Foundation
import GRDB
import Storage

/// The files of a site against their names and against what items name.
struct MediaExamination {
  struct Finding {
    let text: String
    /// Whether a backup has the file.
    let canMend: Bool
    let mend: () throws -> Void
  }

  private let site: Site
  private let shelf: BackupShelf
  private let goesOn: () -> Bool

  init(_ site: Site, goesOn: @escaping () -> Bool = { true }) {
    (self.site, self.goesOn) = (site, goesOn)
    shelf = BackupShelf(site: site.folder)
  }

  /// Files that items name and that are not there, or that are none for their fields: no pictures, or not what they are
  /// called.
  func named(_ db: Database) throws -> [Finding] {
    var (missing, strange): ([Finding], [Finding]) = ([], [])
    var known: [String: String] = [:]
    for shape in site.registry.shapes {
      let files = shape.fields.indices.filter { shape.fields[$0].kind == .media }
      guard !files.isEmpty else { continue }
      let query = Query(isTrashed: nil, fields: Set(files.map { shape.fields[$0].name }))
      try site.store.each(shape.name, query, db) { item in
        if !goesOn() { throw CancellationError() }
        for index in files {
          guard let name = item.values[index].text else { continue }
          let field = shape.fields[index]
          let file = "\(shape.name) \(item.envelope.id): the file of \(field.name)"
          guard site.hasMedia(name) else {
            missing.append(lost(name, "\(file) is missing (\(name))"))
            continue
          }
          let key = "\(name) \(field.has(.download))"
          let text = try known[key] ?? fault(of: name, field)
          known[key] = text
          guard !text.isEmpty else { continue }
          strange.append(Finding(text: "\(file) \(text) (\(name))", canMend: false, mend: {}))
        }
        return true
      }
    }
    return missing + strange
  }

  /// What is wrong with a file for a field; nothing if it is fine, or damaged or unreadable, which is told elsewhere.
  private func fault(of name: String, _ field: FieldShape) throws -> String {
    let path = site.mediaPath(name)
    do {
      guard let refusal = try refusal(of: path, name, field) else { return "" }
      return try FileDigest.sha256(path).hex == name.prefix(64) ? refusal.message : ""
    } catch is FileFailure {
      return ""
    } catch is CocoaError {
      return ""
    }
  }

  private func refusal(of path: String, _ name: String, _ field: FieldShape) throws -> Refusal? {
    do {
      try MediaContent(site).check(path, called: name, for: field)
      return nil
    } catch let refusal as Refusal {
      return refusal
    }
  }

  /// Files that are not what their names say.
  func damaged() throws -> [Finding] {
    try site.mediaFiles().compactMap { name in
      if !goesOn() { throw CancellationError() }
      do {
        guard try FileDigest.sha256(site.mediaPath(name)).hex != name.prefix(64) else { return nil }
        return lost(name, "the file \(name) is damaged")
      } catch let failure as FileFailure where failure.code == ENOENT {
        return nil
      } catch let failure as FileFailure {
        return lost(name, "the file \(name) cannot be read: \(String(cString: strerror(failure.code)))")
      }
    }
  }

  /// A file that a backup may have.
  private func lost(_ name: String, _ text: String) -> Finding {
    let kept = shelf.media(name)
    let target = site.mediaPath(name)
    let isFree = site.hasMedia(name) || !FileManager.default.fileExists(atPath: target)
    let isKept = isFree && (try? FileDigest.sha256(kept).hex) == String(name.prefix(64))
    return Finding(text: isFree ? text : "\(text); what is no file is in its place", canMend: isKept) {
      try FileManager.default.createDirectory(
        atPath: "\(site.mediaFolder)/\(name.prefix(2))", withIntermediateDirectories: true)
      _ = try BackupShelf.bring(kept, name, to: target)
    }
  }

  /// The paths of what processes have left half made that are gone; in nobody's way, but for its room.
  func leftovers() throws -> [String] {
    let files = FileManager.default
    var folders = [site.folder, site.mediaFolder, "\(site.folder)/derived"]
    folders +=
      (try? files.contentsOfDirectory(atPath: site.mediaFolder).map { "\(site.mediaFolder)/\($0)" }) ?? []
    return folders.flatMap { folder in
      ((try? files.contentsOfDirectory(atPath: folder)) ?? []).filter(isLeft).map { "\(folder)/\($0)" }
    }
  }

  /// `.name.tmp-4711-8f3a`, whose process 4711 is not there.
  private func isLeft(_ name: String) -> Bool {
    guard name.hasPrefix("."), let mark = name.range(of: ".tmp-"),
      let process = Int32(name[mark.upperBound...].prefix { $0.isNumber })
    else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
