import Formats
import Glibc

/// Where the program keeps what is neither content nor setting: `$XDG_STATE_HOME/sen`, else
/// `~/.local/state/sen` (XDG Base Directory Specification 0.8).
enum StateFolder {
  static func path(environment: [String: String]) -> String {
    // The specification: paths that are not absolute are to be ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/sen" }
    return "\(home(environment))/.local/state/sen"
  }

  /// A name for what is kept of one site: its own, readable, and a hash of its absolute path.
  /// `/srv/Cổng tin` is `Cổng-tin-5c3e…`.
  static func key(site: String) -> String {
    let path = absolute(site)
    let last = path.split(separator: "/").last.map(String.init) ?? "root"
    let name = String(last.prefix(40).map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" })
    // FNV-1a, 64 bits: only to tell paths apart.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return "\(name)-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
  }

  /// Makes `folder` and what is missing above it, for the user alone (0700).
  static func make(_ folder: String) throws(FileFailure) {
    if mkdir(folder, 0o700) == 0 { return }
    if errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try make(String(folder[..<slash]))
      if mkdir(folder, 0o700) == 0 { return }
    }
    let code = errno
    var status = stat()
    guard code == EEXIST, stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw FileFailure("make the folder", folder, code)
    }
  }

  /// The folder above a path.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func home(_ environment: [String: String]) -> String {
    if let home = environment["HOME"], home.hasPrefix("/") { return home }
    return getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) } ?? "/tmp"
  }

  /// Links and dots resolved where the path leads somewhere, so that a site has one name.
  private static func absolute(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    if path.hasPrefix("/") { return path }
    guard let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return "\(String(cString: current))/\(path)"
  }
}
