import ContentModel
import Formats
import SenKernel

extension Feed {
  /// The feed in a format.
  /// - Parameter address: where it will be found.
  func written(as format: FeedFormat, at address: String) throws -> [UInt8] {
    switch format {
    case .rss: rss(address)
    case .atom: atom(address)
    case .json: try json(address)
    }
  }

  /// RSS 2.0 (rssboard.org/rss-specification) with the modules `content` and `dc`, and Atom's link to itself.
  private func rss(_ address: String) -> [UInt8] {
    var xml = XMLWriter()
    xml.element(
      "rss",
      [
        "version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
      ]
    ) { xml in
      xml.element("channel") { xml in
        xml.element("title", [:], title)
        xml.element("link", [:], home)
        xml.element("description", [:], Self.asHTML(about))
        xml.element("language", [:], language)
        xml.element("lastBuildDate", [:], clock.rfc822(updated))
        xml.element("generator", [:], "Sen")
        xml.element("atom:link", ["rel": "self", "type": FeedFormat.rss.mediaType, "href": address])
        for entry in entries {
          xml.element("item") { rss(entry, &$0) }
        }
      }
    }
    return xml.bytes
  }

  private func rss(_ entry: Entry, _ xml: inout XMLWriter) {
    xml.element("title", [:], entry.title)
    xml.element("link", [:], entry.address)
    xml.element("guid", ["isPermaLink": "false"], entry.id)
    xml.element("pubDate", [:], clock.rfc822(entry.published))
    // `author` would have to be an electronic mail address.
    if let author = entry.author { xml.element("dc:creator", [:], author) }
    for category in entry.categories { xml.element("category", [:], category) }
    if !entry.lead.isEmpty { xml.element("description", [:], Self.asHTML(entry.lead)) }
    if !entry.html.isEmpty { xml.element("content:encoded", [:], utf8: entry.html) }
    if let picture = entry.picture {
      xml.element(
        "enclosure",
        ["url": picture.address, "length": String(picture.length), "type": picture.mediaType])
    }
  }

  /// A plain text as the HTML that readers take a description for; quotes may stay as they are.
  private static func asHTML(_ text: String) -> String {
    let isPlain = !text.utf8.contains {
      $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
    }
    if isPlain { return text }
    return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Atom 1.0 (RFC 4287).
  private func atom(_ address: String) -> [UInt8] {
    var xml = XMLWriter()
    xml.element("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language]) { xml in
      xml.element("id", [:], id)
      xml.element("title", [:], title)
      xml.element("subtitle", [:], about)
      xml.element("updated", [:], clock.rfc3339(updated))
      xml.element("link", ["rel": "self", "type": FeedFormat.atom.mediaType, "href": address])
      xml.element("link", ["rel": "alternate", "type": "text/html", "href": home])
      // The author of every entry that names none.
      xml.element("author") { $0.element("name", [:], siteTitle) }
      xml.element("generator", [:], "Sen")
      for entry in entries {
        xml.element("entry", entry.language == language ? [:] : ["xml:lang": entry.language]) {
          atom(entry, &$0)
        }
      }
    }
    return xml.bytes
  }

  private func atom(_ entry: Entry, _ xml: inout XMLWriter) {
    xml.element("id", [:], entry.id)
    xml.element("title", [:], entry.title)
    xml.element("link", ["rel": "alternate", "type": "text/html", "href": entry.address])
    if let picture = entry.picture {
      xml.element(
        "link",
        [
          "rel": "enclosure", "type": picture.mediaType, "length": String(picture.length),
          "href": picture.address,
        ])
    }
    xml.element("published", [:], clock.rfc3339(entry.published))
    xml.element("updated", [:], clock.rfc3339(entry.updated))
    if let author = entry.author { xml.element("author") { $0.element("name", [:], author) } }
    for category in entry.categories { xml.element("category", ["term": category]) }
    if !entry.lead.isEmpty { xml.element("summary", [:], entry.lead) }
    if !entry.html.isEmpty { xml.element("content", ["type": "html"], utf8: entry.html) }
  }

  /// JSON Feed 1.1 (jsonfeed.org/version/1.1).
  private func json(_ address: String) throws -> [UInt8] {
    let map: FieldMap = [
      "version": .text("https://jsonfeed.org/version/1.1"), "title": .text(title),
      "home_page_url": .text(home), "feed_url": .text(address), "description": .text(about),
      "language": .text(language), "authors": .list([.map(["name": .text(siteTitle)])]),
    ]
    var bytes: [UInt8] = []
    try JSONWriter.append(map, to: &bytes)
    bytes.removeLast()
    bytes += ",\"items\":[".utf8
    for (index, entry) in entries.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      try append(json: entry, to: &bytes)
    }
    bytes += "]}".utf8
    return bytes
  }

  private func append(json entry: Entry, to bytes: inout [UInt8]) throws {
    var map: FieldMap = [
      "id": .text(entry.id), "url": .text(entry.address), "title": .text(entry.title),
      "date_published": .text(clock.rfc3339(entry.published)),
      "date_modified": .text(clock.rfc3339(entry.updated)), "language": .text(entry.language),
    ]
    // One of the two contents has to be there.
    if entry.html.isEmpty { map["content_text"] = .text(entry.lead) }
    if !entry.lead.isEmpty { map["summary"] = .text(entry.lead) }
    if let picture = entry.picture { map["image"] = .text(picture.address) }
    if let author = entry.author { map["authors"] = .list([.map(["name": .text(author)])]) }
    if !entry.categories.isEmpty { map["tags"] = .list(entry.categories.map { .text($0) }) }
    try JSONWriter.append(map, to: &bytes)
    guard !entry.html.isEmpty else { return }
    // As it is, without a text of it in between.
    bytes.removeLast()
    bytes += ",\"content_html\":".utf8
    entry.html.withUnsafeBufferPointer { JSONWriter.appendText($0, to: &bytes) }
    bytes.append(UInt8(ascii: "}"))
  }
}
