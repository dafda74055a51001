import CDigest
import Foundation

/// What the archive does with folders.
enum Folder {
  /// The folder that holds `path`; `.` for a bare name.
  static func parent(of path: String) -> String {
    // On bytes: a slash and a combining mark after it are one Character.
    var path = path.utf8[...]
    while path.count > 1, path.last == 0x2F { path.removeLast() }
    guard let slash = path.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(Substring(path[..<slash]))
  }

  /// Puts the entries of the folder itself on the disk.
  static func sync(_ path: String) throws(FileFailure) {
    try withDescriptor(path) { descriptor in fsync(descriptor) }
  }

  /// Puts everything of the file system that holds the folder on the disk.
  static func syncAll(_ path: String) throws(FileFailure) {
    try withDescriptor(path) { descriptor in sen_sync_filesystem(descriptor) }
  }

  /// Makes the folder and those above it, with the permissions of the user's umask.
  static func make(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o777) == 0 { return }
    if errno == ENOENT, parent(of: path) != path {
      try make(parent(of: path))
      if mkdir(path, 0o777) == 0 { return }
    }
    let code = errno
    guard code == EEXIST, kind(path) == S_IFDIR else { throw FileFailure("make the folder", path, code) }
  }

  /// Removes the folder and all in it, links not followed.
  static func remove(_ path: String) throws(FileFailure) {
    for entry in try entries(path) {
      let inner = "\(path)/\(entry)"
      if kind(inner) == S_IFDIR {
        try remove(inner)
      } else if unlink(inner) != 0 {
        throw FileFailure("remove", inner, errno)
      }
    }
    guard rmdir(path) == 0 else { throw FileFailure("remove", path, errno) }
  }

  /// The names in the folder, sorted by their bytes.
  static func entries(_ path: String) throws(FileFailure) -> [String] {
    guard let stream = opendir(path) else { throw FileFailure("read", path, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The kind of what stands at `path` (`S_IFREG`, `S_IFDIR`, `S_IFLNK` …), links not followed; nil where
  /// there is nothing.
  static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Whether `path` leads to a folder, links followed.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func withDescriptor(
    _ path: String, _ body: (Int32) -> Int32
  ) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure("open", path, errno) }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do then.
    guard body(descriptor) == 0 || errno == EINVAL else { throw FileFailure("sync", path, errno) }
  }
}
