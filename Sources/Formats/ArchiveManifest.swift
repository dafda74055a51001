import ContentModel
import Foundation

/// The `sen.json` of an archive: what its writer says, and the list of its files.
struct ArchiveManifest {
  static let name = "sen.json"
  static let key = "files"
  /// The longest manifest, in bytes: about 300,000 files.
  static let limit = 64 << 20

  var map: FieldMap
  var files: [ArchiveFile]

  init(_ map: FieldMap, files: [ArchiveFile]) {
    self.map = map
    self.files = files
  }

  /// The text of the file, which always ends with LF.
  func bytes() throws(Refusal) -> [UInt8] {
    var whole = map
    whole[ArchiveManifest.key] = .list(files.map(\.value))
    var bytes: [UInt8] = []
    try JSONWriter.appendPretty(.map(whole), to: &bytes)
    bytes.append(0x0A)
    guard bytes.count <= ArchiveManifest.limit else { throw ArchiveManifest.tooLong }
    return bytes
  }

  /// Reads the text; refused where it is no manifest, or its paths are not plain or come twice.
  init(_ bytes: [UInt8]) throws(Refusal) {
    do throws(Refusal) {
      guard case .map(var map) = try JSONReader.value(bytes), case .list(let list)? = map["files"] else {
        throw Refusal(.invalid, "it does not list the archive's files", field: "files")
      }
      var paths = ArchivePaths()
      try paths.insert(ArchiveManifest.name)
      files = []
      for value in list {
        let file = try ArchiveFile(value)
        try paths.insert(file.path)
        files.append(file)
      }
      map[ArchiveManifest.key] = nil
      self.map = map
    } catch {
      throw error.at(ArchiveManifest.name)
    }
  }

  /// Reads the manifest of the archive in `folder`.
  /// - Parameter name: how refusals name the archive; the folder unless told otherwise.
  init(folder: String, name: String? = nil) throws {
    let shown = name ?? folder
    let path = "\(folder)/\(ArchiveManifest.name)"
    guard Folder.kind(path) != nil else {
      throw Refusal(
        .invalid, "\(shown) is no archive: it has no \(ArchiveManifest.name)",
        hint: "Name the folder or .tar that an export made.")
    }
    guard Folder.kind(path) == S_IFREG else {
      throw Refusal(.invalid, "\(shown)/\(ArchiveManifest.name) is not a plain file")
    }
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while try source.append(to: &bytes) > 0 {
      guard bytes.count <= ArchiveManifest.limit else { throw ArchiveManifest.tooLong }
    }
    try self.init(bytes)
  }

  private static let tooLong = Refusal(
    .invalid, "\(name) is longer than \(limit) bytes: the archive lists too many files")
}
