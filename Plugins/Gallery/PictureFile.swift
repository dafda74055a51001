import Foundation
import SenKernel

/// Files of pictures, read whole but never more than fits.
enum PictureFile {
  private static let endings: [PictureFacts.Format: [String]] = [
    .jpeg: ["jpg", "jpeg", "jpe", "jfif"], .png: ["png"], .gif: ["gif"], .webp: ["webp"],
  ]

  /// The bytes of a file of somebody else's.
  static func read(_ path: String) throws -> Data {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: resolved(path)) else {
      throw Refusal(.notFound, "is not there")
    }
    // A pipe or a device would be read for ever.
    guard facts[.type] as? FileAttributeType == .typeRegular else { throw Refusal(.invalid, "is no file") }
    guard let size = facts[.size] as? Int, size <= PictureFacts.mostBytes else {
      throw Refusal(.invalid, "is too large", hint: "At most \(PictureFacts.mostBytes / 1_000_000) MB.")
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Refusal(.invalid, "may not be read", hint: "Its permissions forbid it.")
    }
    return bytes
  }

  /// The bytes of a picture that the site keeps; nil if its file is missing.
  static func stored(_ name: String, _ site: Site) throws -> Data? {
    site.hasMedia(name) ? try read(site.mediaPath(name)) : nil
  }

  /// Refuses a file that is called something else than it is; gives the ending that it is kept with.
  static func ending(_ path: String, _ format: PictureFacts.Format) throws(Refusal) -> String {
    let endings = endings[format] ?? []
    let given = (path as NSString).pathExtension.lowercased()
    guard given.isEmpty || endings.contains(given) else {
      throw Refusal(
        .invalid, "is called .\(given), but is a \(format.rawValue.uppercased()) picture",
        hint: "Call it .\(endings[0]), if it can be trusted.")
    }
    return endings[0]
  }

  /// What paths name: files themselves, the files of folders in the order of their names. Hidden files of
  /// folders are left alone, and so are links to folders.
  static func all(_ paths: [String], isRecursive: Bool) -> [String] {
    paths.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      return inFolder(path, isRecursive: isRecursive)
    }
  }

  private static func inFolder(_ folder: String, isRecursive: Bool) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [folder] }
    return names.filter { !$0.hasPrefix(".") }.sorted(by: comesBefore).flatMap { name -> [String] in
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      return isRecursive && !isLink ? inFolder(path, isRecursive: true) : []
    }
  }

  /// `anh-2` before `anh-10`.
  static func comesBefore(_ one: String, _ other: String) -> Bool {
    let order = one.compare(other, options: [.numeric, .caseInsensitive])
    return order == .orderedSame ? one < other : order == .orderedAscending
  }

  private static func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path
  }
}
