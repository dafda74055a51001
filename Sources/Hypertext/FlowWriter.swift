/// Writes blocks and lines so that whatever comes makes valid HTML: a paragraph that begins inside of another ends that
/// one, what is loose in a list becomes an item, `<b><p>a</p><p>b</p></b>` becomes `<p><b>a</b></p><p><b>b</b></p>`.
///
/// A browser that reads what is written builds the very same tree: no block is ever in a line, no line goes on in the next
/// block, and every element is closed by its own end tag.
struct FlowWriter {
  /// A block that may hold others, or the parts of one.
  struct Frame {
    enum Kind {
      /// Holds blocks; loose text gets a paragraph.
      case flow, details
      /// Holds blocks and loose text.
      case item, tight, figure
      /// Holds text only.
      case line
      /// Hold the parts that they are named after.
      case list, descriptions, table, rows, row
    }
    var kind: Kind
    var name: StaticString
    /// Not in the source; ends where it is no longer needed.
    var isImplied = false
    /// Its end was in the source, but what is loose behind it may still go into it.
    var isEnded = false
    /// Whether headings are allowed in it.
    var takesHeadings = true
    /// Whether a caption is in it, and whether rows are.
    var hasCaption = false
    var hasRows = false
    /// The paragraph, heading or preformatted text in it.
    var leaf: Leaf?
    /// Whether text stands in it without a paragraph.
    var hasLine = false
    /// How many blocks of the source there are around the present place, of which nothing is written.
    var blocks = 0
  }

  /// A block that holds only lines. It is written when the first text for it comes.
  struct Leaf {
    var name: StaticString
    var attributes: [UInt8] = []
    /// Of a heading, the level in the source.
    var level: Int?
    var isImplied = false
    var isOpen = false
    var isPreformatted = false
  }

  /// An element of a line.
  struct Part {
    var name: StaticString
    var attributes: [UInt8] = []
    /// Its id, which only the first of its pieces gets.
    var id: [UInt8] = []
  }

  /// More of them within each other are taken apart.
  static let mostFrames = 100
  static let mostParts = 40

  var bytes: [UInt8] = []
  var frames = [Frame(kind: .flow, name: "")]
  private(set) var parts: [Part] = []
  /// So many of the parts are open in the present block.
  private var openParts = 0
  /// A line end stood in the source before what comes.
  var hasBreak = false
  /// What two blocks that became one line are kept apart with.
  var glue: UInt8?
  private var outline: Outline
  /// Where a preformatted text begins, so that a line end there can be told from the one that parsers take away.
  private var preformattedStart = -1
  /// So many blocks belong to elements that are not over.
  var floor = 1
  /// What paragraphs that are not in the source get.
  var paragraphAttributes: [UInt8] = []

  init(outline: Outline) { self.outline = outline }

  var top: Frame {
    get { frames[frames.count - 1] }
    set { frames[frames.count - 1] = newValue }
  }

  /// Adds text.
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    var rest = text[...]
    if !isInLine {
      while let first = rest.first, MarkupScanner.isBlank(first) {
        if first == 0x0A { hasBreak = true }
        rest.removeFirst()
      }
      guard !rest.isEmpty else { return }
    }
    openLine()
    if bytes.count == preformattedStart, rest.first == 0x0A { bytes.append(0x0A) }
    Escaping.append(UnsafeBufferPointer(rebasing: rest), to: &bytes)
  }

  /// Adds an element without contents to the line.
  mutating func atom(_ html: [UInt8]) {
    openLine()
    bytes += html
  }

  /// A new line; nothing at the beginning of a block.
  mutating func lineBreak() {
    guard isInLine else { return }
    openLine()
    write("<br>")
  }

  mutating func begin(part: Part) { parts.append(part) }

  mutating func endPart() {
    let part = parts.removeLast()
    guard openParts > parts.count else { return }
    openParts -= 1
    endTag(part.name)
  }

  /// Makes sure that text can be written.
  mutating func openLine() {
    settle()
    openImplied()
    if let leaf = top.leaf {
      if !leaf.isOpen { open(leaf) }
    } else if needsParagraph {
      open(Leaf(name: "p", attributes: paragraphAttributes, isImplied: true))
    } else if !top.hasLine {
      breakLine()
      top.hasLine = true
    }
    if let byte = glue {
      glue = nil
      if let last = bytes.last, !MarkupScanner.isBlank(last) { bytes.append(byte) }
    }
    while openParts < parts.count {
      startTag(parts[openParts].name, parts[openParts].attributes + parts[openParts].id)
      parts[openParts].id = []
      openParts += 1
    }
  }

  private var isInLine: Bool {
    guard let leaf = top.leaf else { return top.hasLine }
    return leaf.isOpen || leaf.isPreformatted
  }

  private var needsParagraph: Bool {
    switch top.kind {
    case .flow, .details: true
    case .item: top.blocks > 0
    default: false
    }
  }

  private mutating func open(_ leaf: Leaf) {
    breakLine()
    var leaf = leaf
    if let level = leaf.level { leaf.name = outline.level(level).map { Self.headings[$0 - 2] } ?? "p" }
    startTag(leaf.name, leaf.attributes)
    if leaf.isPreformatted { preformattedStart = bytes.count }
    leaf.isOpen = true
    top.leaf = leaf
  }

  private static let headings: [StaticString] = ["h2", "h3", "h4", "h5", "h6"]

  /// Ends the line, and the paragraph that it is in; a paragraph of the source goes on with the next text.
  mutating func endLine() {
    while openParts > 0 {
      openParts -= 1
      endTag(parts[openParts].name)
    }
    glue = nil
    guard let leaf = top.leaf else {
      if top.hasLine { trim() }
      top.hasLine = false
      return
    }
    if leaf.isOpen {
      if !leaf.isPreformatted { trim() }
      endTag(leaf.name)
      top.leaf?.isOpen = false
      // What is left of it begins anew.
      if !leaf.isPreformatted {
        top.leaf = Leaf(name: "p", attributes: paragraphAttributes, isImplied: leaf.isImplied)
      }
    }
    if leaf.isImplied { top.leaf = nil }
  }

  /// Takes blanks at the end of a line away.
  mutating func trim() {
    while let last = bytes.last, MarkupScanner.isBlank(last) {
      if last == 0x0A { hasBreak = true }
      bytes.removeLast()
    }
  }

  /// Writes the line end that stood in the source.
  mutating func breakLine() {
    if hasBreak, let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    hasBreak = false
  }

  mutating func write(_ literal: StaticString) { literal.withUTF8Buffer { bytes.append(contentsOf: $0) } }
  mutating func write(_ html: [UInt8]) { bytes += html }

  mutating func startTag(_ name: StaticString, _ attributes: [UInt8]) {
    bytes.append(0x3C)
    write(name)
    bytes += attributes
    bytes.append(0x3E)
  }

  mutating func endTag(_ name: StaticString) {
    write("</")
    write(name)
    bytes.append(0x3E)
  }
}
