import Formats
import Foundation
import SenKernel

/// The releases of a published tree: numbered folders in `DIR.releases`, of which `DIR` is a link to one.
///
/// A release is never changed once the link leads to it. The next one begins as hard links to all its files, so that
/// files are replaced in it and never written to: their bytes are those of the old release as well.
final class ReleaseShelf {
  /// The link.
  let link: String
  /// Where the releases lie.
  let folder: String
  /// The release that the link leads to; nil where there is none yet.
  let current: Int?
  private let lock: PublishLock

  private static let ending = ".releases"
  /// What was begun and is no release yet.
  private var unfinished: String { "\(folder)/.unfinished" }

  /// - Parameter link: where the tree is found, without a slash at its end.
  /// - Throws: `Refusal` where something else stands there, or somebody else is publishing.
  init(_ link: String) throws {
    (self.link, folder) = (link, link + Self.ending)
    _ = try Self.target(of: link)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    lock = try PublishLock("\(folder)/.lock", of: link)
    // Asked again under the lock.
    current = try Self.target(of: link).flatMap { [folder] in
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/.sen/published.db") ? $0 : nil
    }
  }

  /// Whether a path is the link of a shelf.
  static func isLink(_ path: String) -> Bool {
    guard let target = try? target(of: path) else { return false }
    return target >= 0
  }

  /// The number that the link leads to; nil where nothing stands.
  private static func target(of link: String) throws -> Int? {
    var status = stat()
    guard lstat(link, &status) == 0 else {
      guard errno == ENOENT else { throw FileFailure("read", link, errno) }
      return nil
    }
    guard status.st_mode & S_IFMT == S_IFLNK else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "folder" : "file"
      throw Refusal(
        .invalid, "\(link) is an ordinary \(kind), and --atomic needs a link of its own in that place",
        hint: "Move it away, or name another place.")
    }
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
    let parts = target.split(separator: "/")
    guard let last = parts.last, let number = number(String(last)),
      parts.dropLast().last.map(String.init) == (link as NSString).lastPathComponent + ending
    else {
      throw Refusal(
        .invalid, "\(link) is a link to \(target), which --atomic has not made",
        hint: "Move it away, or name another place.")
    }
    return number
  }

  private static func number(_ name: String) -> Int? {
    guard let first = name.utf8.first, (0x31...0x39).contains(first), name.utf8.count < 18 else { return nil }
    return name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(name) : nil
  }

  /// The numbers of all releases, the newest first.
  private func numbers() throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: folder).compactMap(Self.number)
      .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/.sen/published.db") }
      .sorted(by: >)
  }

  var currentFolder: String? { current.map { "\(folder)/\($0)" } }

  /// Begins a release as what the current one is.
  /// - Parameter isWithoutDamagedList: whether a list that cannot be relied upon is left behind.
  /// - Returns: its folder, which is to be filled.
  func begin(withoutDamagedList isWithoutDamagedList: Bool = false) throws -> String {
    try clear()
    guard mkdir(unfinished, 0o755) == 0 else { throw FileFailure("write", unfinished, errno) }
    if let currentFolder {
      // A database is written in place, so that each release has one of its own.
      try LinkedCopy.make(of: currentFolder, at: unfinished) { $0.hasPrefix(".sen/published.db") }
      let isLeft = try isWithoutDamagedList && Manifest.isDamaged(currentFolder)
      if !isLeft { try Manifest.copy(from: currentFolder, to: unfinished) }
    }
    return unfinished
  }

  /// Removes what earlier runs have left unfinished.
  func clear() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name == ".unfinished" || name == ".link" || name.hasPrefix(".removed-") {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// Puts the release on the disk, and leads the link to it in one step.
  func finish() throws {
    try DiskSync.everything(onDiskOf: unfinished)
    // After all that there were, so that no clock is believed.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let number = (names.compactMap(Self.number).max() ?? 0) + 1
    let place = "\(folder)/\(number)"
    guard rename(unfinished, place) == 0 else { throw FileFailure("write", place, errno) }
    try DiskSync.folder(folder)
    let name = (link as NSString).lastPathComponent + Self.ending
    let made = "\(folder)/.link"
    guard symlink("\(name)/\(number)", made) == 0 else { throw FileFailure("write", made, errno) }
    // A link is not moved into the folder that the old one leads to: rename replaces links themselves.
    guard rename(made, link) == 0 else { throw FileFailure("write", link, errno) }
    try DiskSync.folder((link as NSString).deletingLastPathComponent)
  }

  /// Removes all old releases but some, never the one that the link leads to.
  func prune(keeping count: Int) throws {
    let present = try Self.target(of: link)
    for number in try numbers().filter({ $0 != present }).dropFirst(count) {
      // Under another name first, so that none is found that is half removed.
      let aside = "\(folder)/.removed-\(number)"
      guard rename("\(folder)/\(number)", aside) == 0 else { throw FileFailure("remove", aside, errno) }
      try FileManager.default.removeItem(atPath: aside)
    }
  }
}
