import ContentModel
import Foundation

@testable import Formats
@testable import Storage

/// Dumps of old sites, and the HTML in them.
extension Reader {
  static let nukeViet = Reader(
    name: "nukeviet",
    words: [
      "INSERT INTO `nv4_vi_news_rows` VALUES\n(", "CREATE TABLE `nv4_vi_news_cat` (", "NULL", "0x", "X'",
      "_utf8'",
      "DELIMITER ;;\n", "/*!40101 ", "*/", "-- ", "\\'", "''", "),\n(", ");\n", "9223372036854775807", "&#",
      "<br />",
    ], most: 65_536
  ) {
    let base = TemporaryFolder()
    let media = "\(base.path)/uploads"
    try FileManager.default.createDirectory(atPath: "\(media)/news", withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: "\(media)/news/a.jpg"))
    try Data().write(to: URL(filePath: "\(base.path)/secret.jpg"))
    return { bytes in
      try readOrRefused {
        var source = NukeVietSource(
          dump: ByteSource(bytes: bytes), scratch: MemoryScratch(), mediaFolder: media)
        while let record = try source.next() {
          var written: [UInt8] = []
          try JSONWriter.append(record.values, to: &written)
          for entry in record.values.entries {
            guard case .map(let map) = entry.value, let file = map["file"]?.text else { continue }
            let place = URL(filePath: "\(media)/\(file)").standardizedFileURL.path
            try hold(place.hasPrefix("\(media)/"), "\(file) is outside")
          }
        }
      }
    }
  }

  /// Text with HTML in it, as it is shown, searched and imported.
  static let html = Reader(
    name: "html",
    words: [
      "<!--", "-->", "<script>", "</script>", "<style", "</", "&amp;", "&#x1EA5;", "&#0;", "&ocirc;", "<br/>",
      "<p>",
      "&nbsp;", "<b", "![CDATA[", "<!DOCTYPE", "&#1114112;",
    ]
  ) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      _ = SearchText.plain(text)
      let words = Markup.words(text)
      try hold(words.count <= bytes.count * 3 + 16, "words grow: \(words.count)")
      _ = NukeVietText.plain(text)
      let line = NukeVietText.line(text)
      try hold(!line.contains { $0.isNewline }, "a line of two lines: \(line)")
    }
  }
}
