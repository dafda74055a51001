import ContentModel

/// The paths of one archive: each checked, none twice, none both a file and a folder.
struct ArchivePaths {
  private var files: Set<String> = []
  private var folders: Set<String> = []

  /// As many paths as one archive may hold, and as many parts as one path may have: what a reader keeps in
  /// memory stays in proportion to what it was given.
  static let mostPaths = 1_000_000
  static let mostParts = 16

  /// Takes the next path; refuses one that is not plain or stands in the way of an earlier one. Paths that
  /// differ only in how their accents are composed are the same here, as on some file systems.
  mutating func insert(_ path: String) throws(Refusal) {
    try ArchivePaths.check(path)
    guard files.count < ArchivePaths.mostPaths else {
      throw Refusal(.invalid, "the archive holds more than \(ArchivePaths.mostPaths) files")
    }
    guard files.insert(path).inserted else {
      throw Refusal(.invalid, "the archive holds \(path) twice")
    }
    if folders.contains(path) { throw ArchivePaths.both(path) }
    let bytes = path.utf8
    for index in bytes.indices where bytes[index] == 0x2F {
      let folder = String(path[..<index])
      if files.contains(folder) { throw ArchivePaths.both(folder) }
      folders.insert(folder)
    }
  }

  private static func both(_ path: String) -> Refusal {
    Refusal(.invalid, "the archive holds \(path) both as a file and as a folder")
  }

  /// Refuses what could lead out of the archive's folder or cannot be a file there: an absolute path, `..`,
  /// `.`, an empty part, control characters, more than 255 bytes a part, 16 parts or 1,024 bytes in all.
  static func check(_ path: String) throws(Refusal) {
    let parts = path.utf8.split(separator: 0x2F, maxSplits: mostParts, omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.count <= 255 && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && part.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
    guard isPlain, parts.count <= mostParts, path.utf8.count <= 1024 else {
      throw Refusal(
        .invalid, "the archive names a file \(String(reflecting: path)), which is not a plain relative path",
        hint: "Do not trust this archive: it may have been made to write outside its folder.")
    }
  }
}
