public import ContentModel

/// A document to be edited as one text: fields as YAML between `---` lines, then the body as it is.
///
///     ---
///     # ! closes: 31/2/2026 is no day
///     title: Kế hoạch số 490
///     # No votes after this time
///     closes: 2026-11-24T09:00:00Z
///     ---
///     The body, byte for byte.
public enum FrontMatter {
  /// The most that the fields may take, in bytes; a body may be longer.
  public static let limit = 4 << 20

  /// The document of `map` and `body`: `complaints` on top, above each field the help that `comments` has
  /// for its name. Null stands as an empty value. Refuses a real that is not finite.
  public static func write(
    _ map: FieldMap, comments: [String: String] = [:], complaints: [String] = [], body: String
  ) throws(Refusal) -> String {
    var bytes = Array("---\n".utf8)
    for complaint in complaints { appendComment(complaint, mark: "# ! ", to: &bytes) }
    for (name, value) in map.entries {
      if let comment = comments[name] { appendComment(comment, mark: "# ", to: &bytes) }
      try YAMLWriter.appendEntry(name, value, to: &bytes, indent: 0)
      if value.isNull { bytes.replaceSubrange((bytes.count - 6)..., with: [0x0A]) }
    }
    bytes += "---\n".utf8
    bytes += body.utf8
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The fields and the body of a document.
  ///
  /// Every scalar is given back as the text that was written (`no`, `1.10`, `2026-11-24`), or null where it
  /// is empty, `~` or `null` without quotes; lists and maps of those. Blank lines and comments before the
  /// first `---` are dropped. Refused, with the line in the document: a missing `---`, invalid YAML, names
  /// that occur twice, anchors and aliases.
  public static func parse(_ text: String) throws(Refusal) -> (FieldMap, body: String) {
    let bytes = Array(text.utf8)
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 0
    /// The next line without its end and trailing blanks.
    func nextLine() -> ArraySlice<UInt8>? {
      guard index < bytes.count else { return nil }
      let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      var content = bytes[index..<end]
      while let last = content.last, last == 0x20 || last == 0x09 || last == 0x0D { content.removeLast() }
      index = min(end + 1, bytes.count)
      line += 1
      return content
    }
    var opening: ArraySlice<UInt8>?
    repeat { opening = nextLine() } while opening?.isEmpty == true || opening?.first == 0x23
    guard let opening, isFence(opening) else {
      throw Refusal(
        .invalid, "line \(max(line, 1)): the fields must begin with a line of three dashes, ---",
        hint: "Put --- above and below the fields.")
    }
    let start = index
    let before = line
    while true {
      let end = index
      guard let content = nextLine() else {
        throw Refusal(
          .invalid, "the fields that begin on line \(before) have no end",
          hint: "Put a line of three dashes, ---, below them.")
      }
      guard isFence(content) else { continue }
      guard end - start <= limit else {
        throw Refusal(
          .invalid, "the fields are longer than \(limit) bytes", hint: "Put long text in the body.")
      }
      let yaml = String(decoding: bytes[start..<end], as: UTF8.self)
      return (try YAMLReader.map(yaml, after: before), String(decoding: bytes[index...], as: UTF8.self))
    }
  }

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool { line.elementsEqual("---".utf8) }

  private static func appendComment(_ text: String, mark: String, to bytes: inout [UInt8]) {
    for line in Substring(text).utf8.split(separator: 0x0A) {
      bytes += "\(mark)\(YAMLText.comment(line))\n".utf8
    }
  }
}
