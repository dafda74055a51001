import Formats
import Glibc

/// The commands that were typed for one site, in a file for the user alone (0600).
///
/// Each entry is a time, as readline and bash write it, and its lines:
///
/// ```
/// #1768723200
/// article set 12 body='Dòng một
/// dòng hai'
/// ```
///
/// A line of an entry that looks like a time gets a backslash in front. Entries are appended one by one
/// under a lock, so that two consoles lose nothing. A file that cannot be written is told once, and the
/// history then lives as long as the program.
public final class HistoryFile {
  /// So many entries are kept.
  static let most = 10_000

  public let path: String
  /// Oldest first: what the file held at the start, and what was added here since.
  public private(set) var entries: [String] = []
  private let most: Int
  private let tell: (String) -> Void
  private var isBroken = false

  /// `$XDG_STATE_HOME/sen/history/NAME-HASH`, by the name and the absolute path of the site.
  public static func defaultPath(site: String, environment: [String: String]) -> String {
    "\(StateFolder.path(environment: environment))/history/\(StateFolder.key(site: site))"
  }

  /// Reads the file, makes it private where it was not, and trims it to its last 10,000 entries.
  public convenience init(path: String) {
    self.init(path: path, most: HistoryFile.most) { StandardStreams.writeError("sen: \($0)\n") }
  }

  /// - Parameter tell: takes the one message about a file that cannot be used.
  init(path: String, most: Int, tell: @escaping (String) -> Void) {
    self.path = path
    self.most = most
    self.tell = tell
    attempt {
      try StateFolder.make(StateFolder.parent(of: path))
      let descriptor = try openLocked()
      defer { close(descriptor) }
      entries = HistoryFile.parse(try PrivateFile.read(descriptor, path))
      if entries.count > most {
        entries.removeFirst(entries.count - most)
        // The lock is held, and who waits for it looks whether the file is still the one.
        let now = time(nil)
        let text = entries.map { HistoryFile.record($0, time: now) }.joined()
        try PrivateFile.replace(path, with: text)
      }
    }
  }

  /// Keeps a line, unless it is blank, begins with a space or is the same as the last.
  /// - Returns: whether it was new.
  @discardableResult
  public func add(_ line: String) -> Bool {
    guard let first = line.unicodeScalars.first, first != " ",
      !line.unicodeScalars.allSatisfy(\.properties.isWhitespace), line != entries.last
    else { return false }
    entries.append(line)
    attempt {
      let descriptor = try openLocked()
      defer { close(descriptor) }
      try PrivateFile.write(HistoryFile.record(line, time: time(nil)), to: descriptor, path)
    }
    return true
  }

  private func attempt(_ work: () throws -> Void) {
    if isBroken { return }
    do { try work() } catch {
      isBroken = true
      tell("The history is not kept: \(error)")
    }
  }

  /// Opens the file to read and append, alone; 0600 from its first moment.
  private func openLocked() throws(FileFailure) -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw FileFailure("open", path, errno) }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      var held = stat()
      var named = stat()
      guard fstat(descriptor, &held) == 0, held.st_mode & S_IFMT == S_IFREG else {
        close(descriptor)
        throw FileFailure("write", path, EINVAL)
      }
      // Another console may have put a trimmed file in its place while we waited.
      guard stat(path, &named) == 0, named.st_ino == held.st_ino, named.st_dev == held.st_dev else {
        close(descriptor)
        continue
      }
      if held.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 {
        let code = errno
        close(descriptor)
        throw FileFailure("make private", path, code)
      }
      return descriptor
    }
  }

  static func record(_ line: String, time: Int) -> String {
    // Bytes, for Characters take CR LF for one.
    let lines = line.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { bytes in
      isTime(bytes.drop { $0 == 0x5C }) ? "\\\(Substring(bytes))" : String(Substring(bytes))
    }
    return "#\(time)\n" + lines.joined(separator: "\n") + "\n"
  }

  /// The entries of a file; lines before the first time are an entry each.
  static func parse(_ bytes: [UInt8]) -> [String] {
    var entries: [[UInt8]] = []
    var isTimed = false
    var isNew = true
    let text = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
    for var line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if isTime(line) {
        (isTimed, isNew) = (true, true)
        continue
      }
      if line.first == 0x5C, isTime(line.drop { $0 == 0x5C }) { line.removeFirst() }
      if isNew || !isTimed {
        entries.append(Array(line))
        isNew = false
      } else {
        entries[entries.count - 1] += [0x0A] + line
      }
    }
    return entries.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// `#` and digits, as a time is written.
  private static func isTime(_ line: some Collection<UInt8>) -> Bool {
    line.first == 0x23 && line.count > 1 && line.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}
