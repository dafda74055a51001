internal import CGumbo

/// A text as the tree that a browser would build of it inside of `<body>` (libgumbo).
final class HTMLTree {
  private let tree: OpaquePointer

  /// Reads a text, which has to live as long as the tree. Nil where the tree would take too much memory:
  /// `<b id=1><b id=2>…<p><p>…` opens every `b` anew in every `p`.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let tree = Self.tree(bytes, sen_tree_parse) else { return nil }
    self.tree = tree
  }

  /// The same tree, sooner, of a text that a program wrote without a fault. Nil where it is not just so.
  init?(wellFormed bytes: UnsafeBufferPointer<UInt8>) {
    guard let tree = Self.tree(bytes, sen_tree_read) else { return nil }
    self.tree = tree
  }

  private static func tree(
    _ bytes: UnsafeBufferPointer<UInt8>, _ read: (UnsafePointer<CChar>, Int, Int) -> OpaquePointer?
  ) -> OpaquePointer? {
    bytes.withMemoryRebound(to: CChar.self) { bytes in
      // An empty text has no address.
      withUnsafePointer(to: 0) { read(bytes.baseAddress ?? $0, bytes.count, 4 << 20 + 64 * bytes.count) }
    }
  }

  deinit { sen_tree_free(tree) }

  /// The element whose children are the text's.
  var root: Element? { sen_tree_root(tree).map(Element.init) }

  /// An element; good as long as its tree is.
  struct Element {
    let node: UnsafePointer<GumboNode>

    init(_ node: UnsafePointer<GumboNode>) { self.node = node }

    var tag: GumboTag { sen_element_tag(node) }
    var isHTML: Bool { sen_element_namespace(node) == GUMBO_NAMESPACE_HTML }
    var count: Int { sen_element_count(node) }

    /// Its child at `index`; nil for a comment.
    func child(_ index: Int) -> Child? {
      guard let child = sen_element_child(node, index) else { return nil }
      if sen_node_is_element(child) != 0 { return .element(Element(child)) }
      return sen_node_text(child).map { Child.text($0) }
    }

    /// The value of an attribute, character references read.
    func attribute(_ name: StaticString) -> String? {
      let value = name.withUTF8Buffer { name in
        name.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { sen_attribute_value(node, $0) } }
      }
      return value.map { String(cString: $0) }
    }

    var hasAttributes: Bool { sen_attribute_count(node) > 0 }

    /// Its first child that is no comment and no blank text.
    var first: Child? { (0..<count).lazy.compactMap { child($0) }.first { !$0.isBlank } }
    var last: Child? { (0..<count).reversed().lazy.compactMap { child($0) }.first { !$0.isBlank } }
  }

  enum Child {
    case element(Element)
    /// A text that ends with a NUL.
    case text(UnsafePointer<CChar>)

    var isBlank: Bool {
      guard case .text(let text) = self else { return false }
      var place = text
      while MarkupScanner.isBlank(UInt8(bitPattern: place.pointee)) { place += 1 }
      return place.pointee == 0
    }

    func `is`(_ tag: GumboTag) -> Bool {
      guard case .element(let element) = self else { return false }
      return element.tag == tag
    }
  }
}
