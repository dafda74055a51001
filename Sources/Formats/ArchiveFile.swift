import ContentModel

/// A file of an archive as its `sen.json` lists it.
public struct ArchiveFile: Sendable, Hashable {
  /// Relative to the archive, with slashes: `content/article.ndjson`.
  public var path: String
  /// In bytes.
  public var size: Int
  /// 64 small hexadecimal digits.
  public var sha256: String

  public init(path: String, size: Int, sha256: String) {
    self.path = path
    self.size = size
    self.sha256 = sha256
  }

  /// `{"path":"content/article.ndjson","size":1204,"sha256":"9f86…"}`
  var value: FieldValue {
    .map(["path": .text(path), "size": .integer(Int64(size)), "sha256": .text(sha256)])
  }

  /// The file that `value` lists; refused where it is not of that form.
  init(_ value: FieldValue) throws(Refusal) {
    guard case .map(let map) = value, let path = map["path"]?.text, let size = map["size"]?.integer,
      let sum = map["sha256"]?.text, size >= 0, sum.utf8.count == 64,
      sum.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else {
      throw Refusal(.invalid, "a file is not listed with its path, size and sha256", field: "files")
    }
    self.init(path: path, size: Int(size), sha256: sum)
  }
}
