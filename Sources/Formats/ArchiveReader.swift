public import ContentModel
import Foundation

/// An archive, a folder or a tar, of which every file has been checked against `sen.json`.
///
/// Nothing can be read of an archive before all of it is verified: a missing, additional, changed or
/// truncated file, and anything that is no plain file, is refused by name. A tar is first unpacked into a
/// temporary folder, which goes when the reader goes.
public final class ArchiveReader {
  /// What the writer said of the archive, without the list of files.
  public let manifest: FieldMap
  /// The files besides `sen.json`, in the order of the list.
  public let files: [ArchiveFile]

  private let folder: String
  /// What the user calls the archive.
  private let name: String
  private let temporary: AtomicFolder?
  private let paths: Set<String>

  /// Opens and verifies the archive at `path`: a folder, or else a tar, unpacked in `scratch` (a folder).
  public convenience init(path: String, scratch: String) throws {
    if Folder.isFolder(path) {
      try self.init(folder: path)
    } else {
      try self.init(tar: ByteSource(path: path), scratch: scratch)
    }
  }

  /// Verifies the archive in `folder`.
  public init(folder: String) throws {
    let manifest = try ArchiveManifest(folder: folder)
    try ArchiveReader.compare(try ArchiveReader.list(folder), with: manifest.files, folder)
    for file in manifest.files {
      let found = try FileDigest.sha256("\(folder)/\(file.path)")
      if let refusal = ArchiveReader.difference(file, found.size, found.hex) { throw refusal.at(folder) }
    }
    self.manifest = manifest.map
    files = manifest.files
    self.folder = folder
    name = folder
    temporary = nil
    paths = Set(files.map(\.path))
  }

  /// Unpacks the tar of `source` (standard input, too) in `scratch` and verifies it.
  public init(tar source: ByteSource, scratch: String) throws {
    let copyName = "\(scratch)/, into which \(source.name) is unpacked"
    let temporary = try AtomicFolder(path: TemporaryName.staging("\(scratch)/archive"), name: copyName) { _ in
      nil
    }
    let folder = temporary.building
    var found: [String: (size: Int, sha256: String)] = [:]
    var order: [String] = []
    var manifest: ArchiveManifest?
    var listed: [String: ArchiveFile]?
    var tar = TarReader(source)
    while let entry = try tar.next() {
      if let listed {
        // What is not listed need not be unpacked to be refused.
        guard let file = listed[entry.path] else {
          throw ArchiveReader.additional(entry.path).at(source.name)
        }
        if file.size != entry.size { throw ArchiveReader.changed(file, entry.size).at(source.name) }
      }
      let copy = try PlainFile("\(folder)/\(entry.path)", name: copyName)
      while true {
        let bytes = try tar.read()
        if bytes.isEmpty { break }
        try bytes.withUnsafeBytes { try copy.write($0) }
      }
      let (sum, size) = try copy.finish()
      if entry.path == ArchiveManifest.name {
        manifest = try ArchiveManifest(folder: folder, name: source.name)
        listed = Dictionary(
          (manifest?.files ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
      } else {
        found[entry.path] = (size, sum)
        order.append(entry.path)
      }
    }
    guard let manifest else {
      throw Refusal(.invalid, "\(source.name) is no archive of a site: it has no \(ArchiveManifest.name)")
    }
    try ArchiveReader.compare(order, with: manifest.files, source.name)
    for file in manifest.files {
      let (size, sum) = found[file.path] ?? (0, "")
      if let refusal = ArchiveReader.difference(file, size, sum) { throw refusal.at(source.name) }
    }
    self.manifest = manifest.map
    files = manifest.files
    self.folder = folder
    name = source.name
    self.temporary = temporary
    paths = Set(files.map(\.path))
  }

  /// Opens a file of the archive; refused where the list does not name it.
  public func open(_ path: String) throws(Refusal) -> ByteSource {
    try ByteSource(path: try location(of: path), name: "\(name): \(path)")
  }

  /// Where a file of the archive lies on the disk, as long as the reader lives.
  public func location(of path: String) throws(Refusal) -> String {
    guard paths.contains(path) else { throw Refusal(.notFound, "the archive has no file \(path)") }
    return "\(folder)/\(path)"
  }

  /// Why the folder at `path` is not an archive and nothing else, so that it must not be replaced; nil for
  /// one that may.
  public static func strangers(in path: String) throws -> Refusal? {
    let hint = "Name another folder, or remove this one yourself."
    do {
      let listed = Set(try ArchiveManifest(folder: path).files.map(\.path))
      guard let stranger = try list(path).first(where: { !listed.contains($0) }) else { return nil }
      return Refusal(
        .conflict, "\(path) holds \(stranger), which is not of the archive there, and is not replaced",
        hint: hint)
    } catch let refusal as Refusal {
      return Refusal(
        .conflict, "\(path) is not empty and not an archive, and is not replaced (\(refusal.message))",
        hint: hint)
    }
  }

  // MARK: Comparing

  /// The plain files of the folder besides its `sen.json`; refuses anything else.
  private static func list(_ folder: String) throws -> [String] {
    var files: [String] = []
    func walk(_ prefix: String) throws {
      for name in try Folder.entries("\(folder)/\(prefix)") {
        let path = prefix + name
        switch Folder.kind("\(folder)/\(path)") {
        case S_IFDIR: try walk(path + "/")
        case S_IFREG: if path != ArchiveManifest.name { files.append(path) }
        default:
          throw Refusal(.invalid, "\(folder): \(path) is a link or a device, not a plain file")
        }
      }
    }
    try walk("")
    return files
  }

  private static func compare(
    _ found: [String], with listed: [ArchiveFile], _ name: String
  ) throws(Refusal) {
    // By bytes: what is listed in one composition and stored in another would not be found later.
    let names = Set(listed.map { Array($0.path.utf8) })
    if let path = found.first(where: { !names.contains(Array($0.utf8)) }) { throw additional(path).at(name) }
    let present = Set(found.map { Array($0.utf8) })
    if let file = listed.first(where: { !present.contains(Array($0.path.utf8)) }) {
      throw Refusal(.invalid, "\(name): \(file.path) is missing", hint: "Fetch or make the archive anew.")
    }
  }

  private static func difference(_ file: ArchiveFile, _ size: Int, _ sum: String) -> Refusal? {
    if size != file.size { return changed(file, size) }
    return sum == file.sha256
      ? nil
      : Refusal(
        .invalid, "\(file.path) is damaged or was changed: its SHA-256 is not the one in sen.json",
        hint: "Fetch or make the archive anew.")
  }

  private static func changed(_ file: ArchiveFile, _ size: Int) -> Refusal {
    Refusal(
      .invalid,
      "\(file.path) is \(size < file.size ? "truncated" : "too long"): \(size) bytes, not \(file.size)",
      hint: "Fetch or make the archive anew.")
  }

  private static func additional(_ path: String) -> Refusal {
    Refusal(
      .invalid, "\(path) is not listed in sen.json",
      hint: "Remove it, or fetch or make the archive anew.")
  }
}
