import Foundation
import FoundationXML
import SenKernel

/// A small XML document as the list of its elements; all that sources of rates need.
///
/// Refused: web pages, other encodings than UTF-8, document types (which bring entities), more than 16 levels or
/// 20,000 elements, broken XML.
struct Sheet {
  struct Element {
    /// Without its namespace's prefix.
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  /// In the order of the document, the root first.
  let elements: [Element]

  init(_ response: FetchResponse) throws {
    try response.checkStatus()
    guard !response.isWebPage else {
      throw Refusal(.invalid, "answered with a web page instead of XML")
    }
    try self.init(response.body)
  }

  init(_ data: Data) throws {
    // A declaration has to come first; some servers write a line before it.
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    var bytes = Data(data.drop { space.contains($0) })
    guard !bytes.isEmpty else { throw Refusal(.invalid, "answered with nothing") }
    // The parser traps on other bytes, and would find document types in encodings that are not looked through here.
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw Refusal(.invalid, "answered with XML that is not in UTF-8")
    }
    if bytes.starts(with: Data("<?xml".utf8)), let end = bytes.range(of: Data("?>".utf8)) {
      bytes = Data(bytes[end.upperBound...])
    }
    guard bytes.range(of: Data("<!DOCTYPE".utf8)) == nil, bytes.range(of: Data("<!ENTITY".utf8)) == nil else {
      throw Refusal(.invalid, "answered with XML that declares entities")
    }
    bytes = try Self.plain(bytes)
    let reader = Reader()
    let parser = XMLParser(data: bytes)
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    // A document that breaks off passes for whole with some versions of the parser.
    guard parser.parse(), reader.problem == nil, reader.isWhole else {
      throw Refusal(
        .invalid, "answered with \(reader.problem ?? "broken XML, from line \(max(1, parser.lineNumber)) on")"
      )
    }
    elements = reader.elements
  }

  /// So many bytes may lie between two `>`; the parser's time grows with the square of their number.
  private static let mostBetween = 16_384

  /// The document without comments. Refused is all else that is no element: the parser crashes on `<?a?>`, and looks
  /// for the end of what has none again and again.
  private static func plain(_ bytes: Data) throws -> Data {
    var result = Data()
    var rest = bytes[...]
    while let start = rest.range(of: Data("<!--".utf8)) {
      guard let end = rest[start.upperBound...].range(of: Data("-->".utf8)) else {
        throw Refusal(.invalid, "answered with XML that has a comment without an end")
      }
      result += rest[..<start.lowerBound]
      rest = rest[end.upperBound...]
    }
    result += rest
    let isPlain = ["<!", "<?"].allSatisfy { result.range(of: Data($0.utf8)) == nil }
    let longest = result.split(separator: 0x3E, omittingEmptySubsequences: false).map(\.count).max() ?? 0
    guard isPlain, longest <= mostBetween else {
      throw Refusal(.invalid, "answered with XML that has more in it than elements with a text each")
    }
    return result
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var problem: String?
    private var open: [Int] = []
    private var hasError = false

    /// Every element that was opened is closed.
    var isWhole: Bool { !hasError && open.isEmpty && !elements.isEmpty }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { hasError = true }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      guard open.count < 16, elements.count < 20_000 else {
        problem = "XML that is too deep or too long"
        return parser.abortParsing()
      }
      open.append(elements.count)
      let local = name.split(separator: ":").last.map(String.init) ?? name
      elements.append(Element(name: local, attributes: attributes))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { _ = open.popLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { elements[last].text += text }
    }
  }
}
