/// How an archive lies on the disk.
public enum ArchiveForm: Sendable, CaseIterable {
  case folder, tar

  /// A tar for a name that ends with `.tar`, else a folder.
  public init(path: String) {
    self = path.utf8.count > 4 && path.lowercased().hasSuffix(".tar") ? .tar : .folder
  }
}
