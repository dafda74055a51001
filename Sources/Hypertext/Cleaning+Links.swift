internal import CGumbo

/// Links, pictures, and films that become links.
extension Cleaning {
  /// Adds where a link leads, if it may.
  mutating func addLink(_ source: String, of element: HTMLTree.Element, to attributes: inout Attributes) {
    guard var address = Address.clean(source) else { return }
    if address.text.hasPrefix("#") {
      let id = String(address.text.dropFirst())
      guard let prefix = policy.usedPrefix, !id.isEmpty, id != "top" else { return }
      return attributes.add("href", Self.prefixed(id, prefix).map { "#" + $0 })
    }
    if let better = policy.link?(address.text) {
      guard let cleaned = Address.clean(better) else { return }
      address = cleaned
    }
    attributes.add("href", address.text)
    var relations: [String] = []
    let stated = element.attribute("rel")?.lowercased().split { $0 == " " || $0 == "," } ?? []
    let isElsewhere = address.host.map { !policy.ownHosts.contains($0) } ?? false
    if isElsewhere { relations.append("noopener") }
    let isVisitors = policy.isVisitors && isElsewhere
    if isVisitors || stated.contains("nofollow") { relations.append("nofollow") }
    if isVisitors || stated.contains("ugc") { relations.append("ugc") }
    if stated.contains("sponsored") { relations.append("sponsored") }
    if !relations.isEmpty { attributes.add("rel", relations.joined(separator: " ")) }
  }

  mutating func addImage(_ element: HTMLTree.Element, _ style: SourceStyle) {
    guard let source = element.attribute("src"), let address = Address.clean(source), address.isFetched,
      !address.text.hasPrefix("#")
    else { return }
    let facts: ImageFacts?
    switch policy.image?(address.text) ?? .asItIs {
    case .asItIs: facts = nil
    case .shown(let known): facts = known
    case .leftOut: return add(element.attribute("alt") ?? "")
    }
    var attributes = Attributes()
    attributes.add("src", facts.map { Address.clean($0.source)?.text ?? address.text } ?? address.text)
    if let facts, let set = facts.sourceSet {
      attributes.add("srcset", set)
      attributes.add("sizes", facts.sizes)
    }
    let width = facts?.width.map { String($0) } ?? element.attribute("width")
    let height = facts?.height.map { String($0) } ?? element.attribute("height")
    attributes.add("width", number: width, in: 1...20_000)
    attributes.add("height", number: height, in: 1...20_000)
    attributes.add("alt", element.attribute("alt") ?? "")
    attributes.add("title", element.attribute("title"))
    if let float = [style.float, style.alignment].compactMap({ $0 }).first, float == .left || float == .right
    {
      attributes.add("class", "float-\(float.rawValue)")
    }
    attributes.add("loading", "lazy")
    attributes.add("decoding", "async")
    writer.atom(Array("<img".utf8) + attributes.bytes + [0x3E])
  }

  /// A link in the place of a film or of a page inside the page.
  mutating func addEmbedded(_ element: HTMLTree.Element) {
    guard !policy.isVisitors, !Self.isTiny(element), !writer.parts.contains(where: { $0.isNamed("a") }),
      let source = Self.source(of: element), let address = Address.clean(source), address.isFetched,
      address.host != nil || element.tag == GUMBO_TAG_VIDEO || element.tag == GUMBO_TAG_AUDIO
    else { return }
    let watched = Self.watched(address.text)
    var attributes = Attributes()
    addLink(watched, of: element, to: &attributes)
    guard !attributes.bytes.isEmpty, writer.parts.count < FlowWriter.mostParts else { return }
    writer.begin(part: FlowWriter.Part(name: "a", attributes: attributes.bytes))
    let title = element.attribute("title") ?? ""
    add(title.contains { !$0.isWhitespace } ? title : watched)
    writer.endPart()
  }

  /// Whether nobody sees it: frames of counters and of intruders.
  private static func isTiny(_ element: HTMLTree.Element) -> Bool {
    ["width", "height"].contains { (name: StaticString) in
      element.attribute(name).flatMap(Attributes.number).map { $0 <= 1 } ?? false
    }
  }

  private static func source(of element: HTMLTree.Element) -> String? {
    if let source = element.attribute("src") ?? element.attribute("data") { return source }
    for index in 0..<element.count {
      guard case .element(let child) = element.child(index) else { continue }
      switch child.tag {
      case GUMBO_TAG_SOURCE, GUMBO_TAG_EMBED:
        if let source = child.attribute("src") { return source }
      case GUMBO_TAG_PARAM where child.attribute("name")?.lowercased() == "movie":
        if let source = child.attribute("value") { return source }
      default: break
      }
    }
    return nil
  }

  /// The page of a film in place of its player, as far as one is known from the other.
  ///
  /// `https://www.youtube.com/embed/ID?rel=0` and `//www.youtube.com/v/ID` are `https://www.youtube.com/watch?v=ID`.
  static func watched(_ address: String) -> String {
    let start = address.hasPrefix("//") ? "https:" + address : address
    for (place, page) in [
      ("youtube.com/embed/", "https://www.youtube.com/watch?v="),
      ("youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="),
      ("youtube.com/v/", "https://www.youtube.com/watch?v="),
      ("player.vimeo.com/video/", "https://vimeo.com/"),
      ("dailymotion.com/embed/video/", "https://www.dailymotion.com/video/"),
    ] {
      guard let slashes = start.firstRange(of: "//") else { continue }
      var rest = start[slashes.upperBound...]
      if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
      guard rest.hasPrefix(place) else { continue }
      let id = rest.dropFirst(place.count).prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
      }
      if !id.isEmpty { return page + id }
    }
    return start
  }
}
