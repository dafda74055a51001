import ContentModel
import Foundation

/// Pictures: NukeViet writes them as paths below `uploads/MODULE/`.
extension NukeVietSource {
  /// Where a module's files lie below the media folder, which may be `uploads`, the folder above or the
  /// module's own.
  func fileFolder(of module: NukeVietModule) -> String {
    let names = [module.name, module.name.replacing("_", with: "-")]
    guard let mediaFolder else { return "" }
    for name in names {
      for folder in ["\(name)/", "uploads/\(name)/"] where isThere("\(mediaFolder)/\(folder)") {
        return folder
      }
      if URL(filePath: mediaFolder).lastPathComponent == name { return "" }
    }
    return "\(names[0])/"
  }

  /// The path of a file below the media folder; nil for one that is not ours or leads out of it.
  func path(_ file: String, _ module: NukeVietModule, in folder: String = "") -> String? {
    var file = file
    let own = fileFolders[module.base] ?? ""
    var whole = own + folder
    for root in ["/uploads/", "uploads/"] where file.hasPrefix(root) {
      file = String(file.dropFirst(root.count))
      whole = own.hasPrefix("uploads/") ? "uploads/" : ""
    }
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard !file.isEmpty, !file.hasPrefix("/"), !parts.contains(".."), !file.contains("\0") else { return nil }
    return whole + file
  }

  /// Puts the first of some places where a file is into `values`; warns where it is in none.
  mutating func addFile(
    _ file: String, _ folders: [String], as field: String, to values: inout FieldMap,
    _ module: NukeVietModule, _ place: String
  ) {
    guard let mediaFolder else {
      if !file.isEmpty { picturesLeftOut += 1 }
      return
    }
    let paths = folders.compactMap { path(file, module, in: $0) }
    if let found = paths.first(where: { isThere("\(mediaFolder)/\($0)") && Self.hasEnding($0) }) {
      values[field] = .map(["file": .text(found)])
    } else {
      if !file.isEmpty { warn(place, "its picture \(paths.first ?? file) is not there and was left out") }
      values[field] = .null
    }
  }

  /// The cover of an article. One that should be there and is not is told by whoever opens it.
  mutating func addCover(
    _ row: NukeVietRecord, to values: inout FieldMap, _ module: NukeVietModule, _ place: String
  ) {
    let file = NukeVietText.line(row["homeimgfile"])
    // homeimgthumb: 0 none, 1 and 2 a file, 3 an address elsewhere.
    let isRemote = ["http://", "https://", "//"].contains { file.hasPrefix($0) }
    if isRemote {
      warn(place, "its cover is at another site and was not fetched: \(file)")
    } else if let mediaFolder, !file.isEmpty {
      let path = path(file, module)
      let isWanted = row["homeimgthumb"] != "0" || path.map { isThere("\(mediaFolder)/\($0)") } == true
      if path == nil { warn(place, "its cover “\(file)” is outside of the folder and was left out") }
      values["cover"] = isWanted ? path.map { .map(["file": .text($0)]) } ?? .null : .null
    } else if !file.isEmpty, row["homeimgthumb"] != "0" {
      picturesLeftOut += 1
    } else if mediaFolder != nil {
      values["cover"] = .null
    }
    values["coverAlt"] = .text(NukeVietText.line(row["homeimgalt"]))
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func hasEnding(_ path: String) -> Bool {
    let ending = path.split(separator: ".").last ?? ""
    return (1...8).contains(ending.utf8.count) && ending.utf8.allSatisfy { $0 < 0x80 && $0 != 0x2F }
  }
}
