import ContentModel
import Foundation
import Pictures

@testable import Formats

/// What fuzzing begins with: files of `Seeds` and `Found`, real files where `../shared/data` is at hand, and made ones.
enum Seeds {
  /// The folder of the fuzz tests, found from this file.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  private static let root = folder.deletingLastPathComponent().deletingLastPathComponent()
  /// Real files that somebody else wrote, beside the package.
  private static let data = root.appending(path: "../shared/data")

  /// The inputs kept in the package: `Seeds/NAME/*`, and those that once broke the reader, `Found/NAME/*`.
  static func kept(_ reader: Reader) throws -> [[UInt8]] {
    try ["Seeds", "Found"].flatMap {
      try files(in: folder.appending(path: "\($0)/\(reader.name)"), endings: nil)
    }
  }

  static func of(_ reader: Reader) throws -> [[UInt8]] { try kept(reader) + made(reader) + real(reader) }

  /// Seeds that are no text, made anew by Sen itself.
  static func made(_ reader: Reader) throws -> [[UInt8]] {
    switch reader.name {
    case "tar", "archive": [try archive()]
    case "exif": [tiff]
    case "pictureheader", "picture": try pictures()
    default: []
    }
  }

  private static func real(_ reader: Reader) throws -> [[UInt8]] {
    let (place, endings): (String, [String]) =
      switch reader.name {
      case "json", "openmeteo": ("weather/open-meteo", ["json"])
      case "openweathermap": ("weather/owm", ["json"])
      case "vietcombank": ("rates/vietcombank", ["xml"])
      case "ecb": ("rates/ecb", ["xml"])
      case "pictureheader", "picture": ("images", ["jpg", "png", "gif", "webp"])
      case "nukeviet": ("nukeviet/generated", ["sql"])
      case "html": ("wxr/theme-unit-test", ["xml"])
      case "csv", "vietnamese": ("strings", ["tsv", "csv"])
      default: ("", [])
      }
    return endings.isEmpty
      ? [] : try files(in: data.appending(path: place), endings: endings, most: reader.most)
  }

  /// The files below a folder, the start of those that are too long; none where there is no folder.
  private static func files(in folder: URL, endings: [String]?, most: Int = .max) throws -> [[UInt8]] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().compactMap { path in
      let file = folder.appending(path: path)
      guard endings?.contains(file.pathExtension) ?? !file.hasDirectoryPath, !isFolder(file) else {
        return nil
      }
      return Array(try Data(contentsOf: file).prefix(most))
    }
  }

  private static func isFolder(_ file: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  // MARK: Made

  private static func archive() throws -> [UInt8] {
    let scratch = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
    let sink = MemorySink()
    let writer = try ArchiveWriter(tarTo: sink, scratch: scratch.path)
    for path in ["content/article.ndjson", "media/\(String(repeating: "a", count: 120)).jpg"] {
      try writer.begin(path)
      try writer.append(Array("{\"title\":\"Xin chào\"}\n".utf8))
      _ = try writer.end()
    }
    _ = try writer.finish(["format": .text("sen")])
    return sink.bytes
  }

  /// Orientation 6, a title, and the time it was taken with its offset.
  private static let tiff: [UInt8] = {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: Int) -> [UInt8] {
      little(tag, 2) + little(type, 2) + little(count, 4) + little(value, 4)
    }
    let main =
      little(3, 2) + entry(0x0112, 3, 1, 6) + entry(0x010E, 2, 8, 100) + entry(0x8769, 4, 1, 50)
      + little(0, 4)
    let photo = little(2, 2) + entry(0x9003, 2, 20, 108) + entry(0x9011, 2, 7, 128) + little(0, 4)
    let head = Array("II".utf8) + little(42, 2) + little(8, 4) + main
    let text = Array("M\u{FA}a\0".utf8)
    return head + photo + [UInt8](repeating: 0, count: 100 - head.count - photo.count) + text
      + [UInt8](repeating: 0x20, count: 8 - text.count) + Array("2019:06:01 17:05:09\0+07:00\0".utf8)
  }()

  private static func pictures() throws -> [[UInt8]] {
    let workshop = GDWorkshop()
    let jpeg = try workshop.draw(seed: 1, width: 40, height: 30)
    let exif = Array("Exif\0\0".utf8) + tiff
    let segment = [0xFF, 0xE1, UInt8((exif.count + 2) >> 8), UInt8((exif.count + 2) & 0xFF)] + exif
    let turned = Array(jpeg.prefix(2)) + segment + Array(jpeg.dropFirst(2))
    let text =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    let gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    let webp = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
    return [Array(jpeg), turned] + [text, gif, webp].compactMap { Data(base64Encoded: $0).map(Array.init) }
  }

  // MARK: Words

  /// The words of a reader as libFuzzer wants them: one in quotes a line, with all that is not plain as `\xAB`.
  static func dictionary(_ reader: Reader) -> String {
    reader.words.map { word in
      let bytes = word.utf8.map { byte in
        let isPlain = byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
        let digits = String(byte, radix: 16, uppercase: true)
        return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
      return "\"\(bytes.joined())\"\n"
    }.joined()
  }
}
