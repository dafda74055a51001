public import ContentModel
import Foundation

/// Writes an archive, a folder or a tar: `begin`, `append`, `end` for each file of content, `add` for each
/// medium; then `finish` with the manifest.
///
/// `sen.json` comes first and lists the others in the order of writing with their sizes and SHA-256 sums. For
/// a tar, content waits in a folder beside it until the sums are known; media are copied from where they lie.
/// Nothing stands under the target's name before `finish`. Memory grows with the number of files only.
public final class ArchiveWriter {
  private enum Target {
    case folder(AtomicFolder)
    case tar(any ByteSink, staging: AtomicFolder)
  }

  private let target: Target
  private let building: String
  /// What the archive is called where it cannot be written.
  private let name: String
  private var paths = ArchivePaths()
  private var files: [ArchiveFile] = []
  /// Where the media of a tar lie until `finish`, by path.
  private var media: [String: String] = [:]
  private var current: (path: String, file: PlainFile)?

  /// Begins an archive at `path`, a tar when the name ends with `.tar`. An existing folder is replaced only
  /// when it is empty or an archive with nothing else in it.
  public init(path: String) throws {
    name = path
    TemporaryName.sweep(in: Folder.parent(of: path))
    switch ArchiveForm(path: path) {
    case .folder:
      let folder = try AtomicFolder(path: path, mayReplace: ArchiveReader.strangers)
      target = .folder(folder)
      building = folder.building
    case .tar:
      let sink = try AtomicFile(path: path)
      let staging = try AtomicFolder(path: TemporaryName.beside(path), name: path) { _ in nil }
      target = .tar(sink, staging: staging)
      building = staging.building
    }
    try paths.insert(ArchiveManifest.name)
  }

  /// Begins a tar that goes to `sink` (standard output); content waits in a folder made in `scratch`.
  public init(tarTo sink: any ByteSink, scratch: String) throws {
    name = "the archive in \(scratch)"
    let staging = try AtomicFolder(path: TemporaryName.staging("\(scratch)/archive"), name: name) { _ in nil }
    target = .tar(sink, staging: staging)
    building = staging.building
    try paths.insert(ArchiveManifest.name)
  }

  /// Begins the file `path` (`content/article.ndjson`). Refuses one that is not plain or was there before.
  public func begin(_ path: String) throws {
    if let current { throw FileFailure("begin \(path) inside", current.path, EINVAL) }
    try paths.insert(path)
    current = (path, try PlainFile("\(building)/\(path)", name: name))
  }

  /// Writes the next bytes of the file.
  public func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let current else { throw FileFailure("write", name, EBADF) }
    try current.file.write(bytes)
  }

  /// Writes the next bytes of the file.
  public func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try append($0) }
  }

  /// Ends the file and gives its place in the list.
  @discardableResult
  public func end() throws -> ArchiveFile {
    guard let (path, file) = current else { throw FileFailure("write", name, EBADF) }
    current = nil
    let (sum, size) = try file.finish()
    let listed = ArchiveFile(path: path, size: size, sha256: sum)
    files.append(listed)
    return listed
  }

  /// Adds a file that lies at `source`, whose size and sum are known; both are checked as it is copied, and
  /// a file that is not (or no longer) what it should be is refused by name.
  public func add(_ file: ArchiveFile, from source: String) throws {
    if let current { throw FileFailure("add \(file.path) inside", current.path, EINVAL) }
    try paths.insert(file.path)
    switch target {
    case .folder:
      let copy = try PlainFile("\(building)/\(file.path)", name: name)
      try ArchiveWriter.copy(file, from: source) { try copy.write($0) }
      _ = try copy.finish()
    case .tar: media[file.path] = source
    }
    files.append(file)
  }

  /// Writes `sen.json` (the manifest, and `files` as its last member) and puts the archive in its place.
  /// Gives the list.
  @discardableResult
  public func finish(_ manifest: FieldMap) throws -> [ArchiveFile] {
    if let current { throw FileFailure("finish inside", current.path, EINVAL) }
    let bytes = try ArchiveManifest(manifest, files: files).bytes()
    switch target {
    case .folder(let folder):
      let file = try PlainFile("\(building)/\(ArchiveManifest.name)", name: name)
      try bytes.withUnsafeBytes { try file.write($0) }
      _ = try file.finish()
      try folder.finish()
    case .tar(let sink, let staging):
      var tar = TarWriter(sink)
      try tar.begin(ArchiveManifest.name, size: bytes.count)
      try tar.append(bytes)
      try tar.end()
      for file in files {
        try tar.begin(file.path, size: file.size)
        try ArchiveWriter.copy(file, from: media[file.path] ?? "\(building)/\(file.path)") {
          try tar.append($0)
        }
        try tar.end()
      }
      try tar.finish()
      try staging.cancel()
    }
    return files
  }

  private static func copy(
    _ file: ArchiveFile, from path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let sum = try SHA256()
    let source = try ByteSource(path: path)
    try source.forEachChunk { chunk in
      guard source.position <= file.size else { return }
      try sum.update(chunk)
      try body(chunk)
    }
    guard source.position == file.size, try sum.hex() == file.sha256 else {
      throw Refusal(
        .invalid, "\(path) is damaged: it is not the file that \(file.path) should be",
        hint: "Restore it from a backup.")
    }
  }
}
