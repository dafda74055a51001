import ContentModel
import Foundation

@testable import Formats

/// Archives: nothing lands outside the folder that they are unpacked in, and nothing stays there.
extension Reader {
  static let archives = [tar, archive]

  private static let words = [
    "ustar\u{0}00", "ustar  \u{0}", "../", "/etc/passwd", "./", "10 path=b\n", "13 path=../b\n",
    "12 size=1\n",
    "22 GNU.sparse.major=1\n", "PaxHeader", "././@LongLink", "sen.json", "content/a.ndjson", "77777777777",
  ]

  private static let tar = Reader(name: "tar", words: words, most: 65_536) {
    { bytes in
      try readOrRefused {
        var tar = TarReader(ByteSource(bytes: withSums(bytes)))
        while let entry = try tar.next() {
          try ArchivePaths.check(entry.path)
          var size = 0
          while true {
            let part = try tar.read(maximum: 4096)
            if part.isEmpty { break }
            size += part.count
          }
          try hold(size == entry.size, "\(entry.path) has \(size) bytes, not \(entry.size)")
        }
      }
    }
  }

  private static let archive = Reader(name: "archive", words: words + jsonWords, most: 65_536) {
    let base = TemporaryFolder()
    let scratch = "\(base.path)/scratch"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    return { bytes in
      try readOrRefused {
        let reader = try ArchiveReader(tar: ByteSource(bytes: withSums(bytes)), scratch: scratch)
        for file in reader.files {
          let place = try URL(filePath: reader.location(of: file.path)).resolvingSymlinksInPath().path
          try hold(place.hasPrefix(base.resolved + "/scratch/"), "\(place) is outside")
        }
      }
      let names = try base.names
      try hold(names == ["scratch"], "something lies beside the folder: \(names)")
      let rest = try FileManager.default.contentsOfDirectory(atPath: scratch)
      try hold(rest.isEmpty, "something is left: \(rest)")
    }
  }

  /// The archive with the checksums of its headers put right: else no damage would get beyond them.
  static func withSums(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var place = 0
    while place + 512 <= bytes.count {
      let header = bytes[place..<place + 512]
      guard header.contains(where: { $0 != 0 }) else { break }
      let sum = header.enumerated().reduce(0) {
        $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element))
      }
      let digits = String(sum, radix: 8)
      let text = Array((String(repeating: "0", count: 6 - digits.count) + digits + "\0 ").utf8)
      bytes.replaceSubrange(place + 148..<place + 156, with: text)
      let size = Int(String(decoding: bytes[place + 124..<place + 135], as: UTF8.self), radix: 8) ?? 0
      guard size >= 0, size <= bytes.count else { break }
      place += 512 + (size + 511) / 512 * 512
    }
    return bytes
  }
}

/// A folder that goes when nobody needs it any more.
final class TemporaryFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/sen-fuzz-\(UUID().uuidString)"
  /// The path without links in it.
  var resolved: String { URL(filePath: path).resolvingSymlinksInPath().path }
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      FileHandle.standardError.write(Data("could not remove \(path): \(error)\n".utf8))
    }
  }
}
