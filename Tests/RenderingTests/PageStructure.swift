/// The elements of a page in their order, each with the names of its attributes: what a text that is shown cannot
/// change. Tags are told apart as the HTML standard's tokenizer does; what is in scripts is none.
struct PageStructure: Equatable {
  private(set) var elements: [String] = []
  /// What is no HTML that Sen writes, such as a quote in a tag.
  private(set) var problems: [String] = []

  init(_ page: String) {
    let bytes = Array(page.utf8)
    var place = 0
    var proseDepth: Int?
    var depth = 0
    while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      var end = start + 1
      var quote: UInt8?
      while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
        if let open = quote {
          if bytes[end] == open { quote = nil }
        } else if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") {
          quote = bytes[end]
        }
        end += 1
      }
      let tag = String(decoding: bytes[(start + 1)..<min(end, bytes.count)], as: UTF8.self)
      place = min(end + 1, bytes.count)
      let name = Self.names(tag)
      if tag.hasPrefix("div") { depth += 1 }
      // A long text has elements of its own, which the sanitiser answers for.
      if proseDepth == nil { elements.append(name) }
      if tag.hasPrefix("div"), tag.contains("class=\"text\"") { proseDepth = proseDepth ?? depth }
      if tag == "/div" {
        if proseDepth == depth {
          proseDepth = nil
          elements.append(name)
        }
        depth -= 1
      }
      if tag.hasPrefix("script"), let close = Self.end(ofScript: bytes, from: place) { place = close }
    }
    if depth != 0 { problems.append("\(depth) open") }
  }

  /// `a href rel` of `a href="/x" rel="tag"`.
  private static func names(_ tag: String) -> String {
    var names = ""
    // By code points: a quote with a combining mark behind it ends a value all the same.
    var quote: Unicode.Scalar?
    var isValue = false
    for character in tag.unicodeScalars {
      if let open = quote {
        if character == open { (quote, isValue) = (nil, false) }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "=" {
        isValue = true
      } else if " \n\t".unicodeScalars.contains(character) {
        (names, isValue) = (names + " ", false)
      } else if !isValue {
        names.unicodeScalars.append(character)
      }
    }
    return names
  }

  private static func end(ofScript bytes: [UInt8], from place: Int) -> Int? {
    let close = Array("</script".utf8)
    return (place..<max(place, bytes.count - close.count)).first { index in
      bytes[index] == close[0] && Array(bytes[index..<(index + close.count)]) == close
    }
  }
}
