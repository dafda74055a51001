/// What is done to a text before a tree is built of it: elements that are dropped whole are cut out, and tags that nest
/// too deep are.
///
/// libgumbo, like browsers, looks through all open elements at every tag, so that 100,000 nested ones would take minutes.
/// Without scripts, drawings and the like every `<` means what `MarkupScanner` thinks it does. An end tag counts only
/// where it certainly closes the innermost element, so that the tree is never deeper than it seems here.
struct Trimming {
  /// So many elements may be open.
  static let deepest = 400

  /// A tag with more attributes goes: each would be compared with all before it.
  static let mostAttributes = 200

  private var scanner: MarkupScanner
  private var open: [UInt64] = []
  private var kept: [UInt8] = []
  /// Up to here the source is in `kept`, once something was cut.
  private var copied = 0
  private var hasCut = false
  /// Elements whose end was looked for in vain.
  private var endless: Set<UInt64> = []

  /// The text without what is cut; nil where nothing is.
  static func trimmed(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var trimming = Trimming(scanner: MarkupScanner(source))
    trimming.read()
    guard trimming.hasCut else { return nil }
    trimming.kept.append(contentsOf: source[trimming.copied...])
    return trimming.kept
  }

  /// The text without any tags, for what cannot be read otherwise.
  static func bare(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var scanner = MarkupScanner(source)
    var text: [UInt8] = []
    while let piece = scanner.next() {
      if case .text(let range) = piece {
        text.append(contentsOf: source[range])
      } else if let last = text.last, !MarkupScanner.isBlank(last) {
        text.append(0x20)
      }
    }
    return text
  }

  private init(scanner: MarkupScanner) { self.scanner = scanner }

  private mutating func read() {
    while let piece = scanner.next() {
      switch piece {
      case .start(let range):
        let name = scanner.packed(range)
        if Self.dropped.contains(name) { drop(name, range) } else { begin(name, range) }
      case .end(let range): end(scanner.packed(range), range)
      case .text, .other: break
      }
    }
  }

  private mutating func drop(_ name: UInt64, _ range: Range<Int>) {
    let start = scanner.start
    let tagEnd = scanner.index
    let letters = scanner.source[range].map { $0 | 0x20 }
    if endless.contains(name) || !scanner.skip(to: letters) {
      endless.insert(name)
      // A text that ends in the middle of a program.
      if Self.code.contains(name) { scanner.skipAll() }
    }
    guard name == Self.iframe, scanner.attributes <= Self.mostAttributes else { return cut(start) }
    // The frame itself says where its film is.
    kept.append(contentsOf: scanner.source[copied..<tagEnd])
    kept += Array("</iframe>".utf8)
    copied = scanner.index
    hasCut = true
  }

  private mutating func cut(_ start: Int) {
    kept.append(contentsOf: scanner.source[copied..<start])
    copied = scanner.index
    hasCut = true
  }

  private mutating func begin(_ name: UInt64, _ range: Range<Int>) {
    guard scanner.attributes <= Self.mostAttributes else { return cut(scanner.start) }
    guard !Self.void.contains(name) else { return }
    // The one would make all that follows text, the other a form.
    if Self.isindex == name || scanner.source[range].lazy.map({ $0 | 0x20 }).elementsEqual("plaintext".utf8) {
      return cut(scanner.start)
    }
    let name = key(name, range)
    if let closed = Self.closes[name] {
      while let last = open.last, last != name, closed.contains(last) { open.removeLast() }
      if open.last == name { open.removeLast() }
    }
    if open.count < Self.deepest { open.append(name) } else { cut(scanner.start) }
  }

  private mutating func end(_ name: UInt64, _ range: Range<Int>) {
    let name = key(name, range)
    if open.last == name {
      open.removeLast()
    } else if let implied = Self.ends[name] {
      guard let place = open.lastIndex(where: { !implied.contains($0) }), open[place] == name else { return }
      open.removeLast(open.count - place)
    }
  }

  /// Long names as another number each, more or less.
  private func key(_ name: UInt64, _ range: Range<Int>) -> UInt64 {
    name != 0 ? name : scanner.source[range].reduce(1 << 63) { ($0 &* 31 &+ UInt64($1 | 0x20)) | 1 << 63 }
  }

  private static let iframe = MarkupScanner.packed("iframe")
  private static let isindex = MarkupScanner.packed("isindex")
  private static let dropped = MarkupScanner.names(
    "script style title textarea xmp noembed noframes iframe svg math template select")
  private static let code = MarkupScanner.names("script style")
  private static let void = MarkupScanner.names(
    "area base br col embed hr img image input link meta param source track wbr")

  private static let inList = MarkupScanner.names("li p dt dd")
  private static let inTable = MarkupScanner.names("td th tr tbody thead tfoot caption colgroup li p dt dd")

  /// What ends where an element begins, if it is innermost.
  private static let closes: [UInt64: Set<UInt64>] = [
    MarkupScanner.packed("p"): [],
    MarkupScanner.packed("li"): MarkupScanner.names("p"),
    MarkupScanner.packed("dt"): MarkupScanner.names("p dd"),
    MarkupScanner.packed("dd"): MarkupScanner.names("p dt"),
    MarkupScanner.packed("td"): MarkupScanner.names("th"),
    MarkupScanner.packed("th"): MarkupScanner.names("td"),
    MarkupScanner.packed("tr"): MarkupScanner.names("td th"),
  ]

  /// What else ends with an element, if it is innermost.
  private static let ends: [UInt64: Set<UInt64>] = {
    var ends: [UInt64: Set<UInt64>] = [:]
    for name in MarkupScanner.names("ul ol dl div center section article") { ends[name] = inList }
    ends[MarkupScanner.packed("table")] = inTable
    return ends
  }()
}
