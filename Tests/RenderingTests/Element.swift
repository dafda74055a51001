import Foundation
import FoundationXML

/// An element as a parser that is not ours reads it.
final class Element {
  let name: String
  let attributes: [String: String]
  fileprivate(set) var text = ""
  fileprivate(set) var children: [Element] = []

  fileprivate init(_ name: String, _ attributes: [String: String]) {
    (self.name, self.attributes) = (name, attributes)
  }

  /// The root of a document.
  convenience init(_ bytes: [UInt8]) throws {
    let reading = Reading()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reading
    guard parser.parse(), let root = reading.root else {
      throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
    }
    self.init(root.name, root.attributes)
    (text, children) = (root.text, root.children)
  }

  /// The children of a name; of names in a row, theirs.
  func all(_ names: String...) -> [Element] {
    names.reduce([self]) { found, name in found.flatMap { $0.children.filter { $0.name == name } } }
  }

  func texts(_ name: String) -> [String] { all(name).map(\.text) }
  func text(_ name: String) -> String? { all(name).first?.text }

  private final class Reading: NSObject, XMLParserDelegate {
    var root: Element?
    private var open: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = Element(name, attributes)
      open.last?.children.append(element)
      if root == nil { root = element }
      open.append(element)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
  }
}
