/// Putting on the disk what was written, before others are told of it.
public enum DiskSync {
  /// The entries of the folder itself.
  public static func folder(_ path: String) throws(FileFailure) { try Folder.sync(path) }

  /// Everything of the file system that holds the folder.
  public static func everything(onDiskOf path: String) throws(FileFailure) { try Folder.syncAll(path) }
}
