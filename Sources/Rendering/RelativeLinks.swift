import Hypertext
import SenKernel

/// A page or a style sheet whose links within the site do not say where the site is: for a folder that is opened in a
/// browser, or lies below any path of a server.
///
/// `/article/tin-moi/` on `category/lua/index.html` becomes `../../article/tin-moi/index.html`. Themes are anybody's, so
/// that HTML is gone through as a browser does (HTML standard, 13.2.5), whichever quotes it uses.
struct RelativeLinks {
  /// What stands before a path without its first slash.
  private let prefix: [UInt8]
  /// Whether folders are led to by their file; a server finds it itself.
  private let namesIndex: Bool
  /// The site's own address as HTML has it, without a slash at its end, in each way that it is written.
  private let origins: [[UInt8]]

  /// - Parameters:
  ///   - file: where the page lies in the tree: `category/lua/index.html`.
  ///   - origins: the site's own address, in each way that it is written; what leads there leads within the site.
  init(file: String, origins: [String]) {
    let depth = file.utf8.count { $0 == UInt8(ascii: "/") }
    prefix = Array((depth == 0 ? "./" : String(repeating: "../", count: depth)).utf8)
    namesIndex = true
    self.origins = origins.map { SafeHTML(escaping: $0).bytes }
  }

  /// For a page that is shown at any address, such as that of an error: its links are whole.
  init(anywhereOn origin: String) {
    prefix = SafeHTML(escaping: origin).bytes + [UInt8(ascii: "/")]
    namesIndex = false
    origins = []
  }

  // MARK: HTML

  func html(_ bytes: [UInt8]) -> [UInt8] {
    var scan = LinkScan(bytes)
    while let byte = scan.peek {
      guard byte == UInt8(ascii: "<") else {
        scan.copy()
        continue
      }
      if scan.begins("<!--") {
        scan.copy(through: "-->")
      } else if scan.peek(1).map(Self.isLetter) ?? false {
        let name = tag(&scan)
        if Self.raw.contains(name) {
          let content = scan.take(upTo: "</\(name)")
          scan.written += name == "style" ? css(content) : content
        }
      } else {
        scan.copy()
      }
    }
    return scan.written
  }

  /// Elements whose content holds no tags.
  private static let raw: Set<String> = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
  ]
  private static let addresses: Set<String> = [
    "href", "src", "poster", "cite", "action", "formaction", "data",
  ]

  /// Copies a tag, from its bracket on; its name in small letters.
  private func tag(_ scan: inout LinkScan) -> String {
    scan.copy()
    let name = scan.copyName()
    var refreshes = false
    while let byte = scan.peek {
      switch byte {
      case UInt8(ascii: ">"):
        scan.copy()
        return name
      case UInt8(ascii: "/"), UInt8(ascii: "="), 0x20, 0x09, 0x0A, 0x0C, 0x0D: scan.copy()
      default:
        let attribute = scan.copyName()
        scan.copySpace()
        guard scan.peek == UInt8(ascii: "=") else { continue }
        scan.copy()
        scan.copySpace()
        let value = scan.takeValue()
        if attribute == "http-equiv" { refreshes = Self.isSame(value, "refresh") }
        scan.written += written(value, of: attribute, in: name, refreshes)
        scan.endValue()
      }
    }
    return name
  }

  private func written(_ value: [UInt8], of name: String, in element: String, _ refreshes: Bool) -> [UInt8] {
    switch name {
    // The address of the page itself, in its head, stays whole.
    case _ where Self.addresses.contains(name): return address(value[...], isOwn: element != "link")
    case "srcset", "imagesrcset":
      return Array(
        value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { candidate in
          let space = candidate.prefix { $0 == 0x20 || $0 == 0x0A }
          return space + address(candidate.dropFirst(space.count), isOwn: true)
        }.joined(separator: [UInt8(ascii: ",")]))
    case "style": return css(value)
    case "content" where refreshes:
      guard let equals = value.firstIndex(of: UInt8(ascii: "=")) else { return value }
      return value[...equals] + address(value[(equals + 1)...], isOwn: true)
    default: return value
    }
  }

  // MARK: Style sheets

  /// `url(/…)` and `@import "/…"`.
  func css(_ bytes: [UInt8]) -> [UInt8] {
    var scan = LinkScan(bytes)
    while scan.peek != nil {
      guard scan.begins("url(") || scan.begins("@import") else {
        scan.copy()
        continue
      }
      while let byte = scan.peek, Self.isLetter(byte) || byte == UInt8(ascii: "@") { scan.copy() }
      while let byte = scan.peek, " \t\n(\"'".utf8.contains(byte) { scan.copy() }
      guard scan.peek == UInt8(ascii: "/") else { continue }
      scan.written += address(scan.take { "\"') ;".utf8.contains($0) }[...], isOwn: false)
    }
    return scan.written
  }

  // MARK: Addresses

  /// An address, as it leads from here. Two slashes begin the name of a host, and browsers take `\` for one.
  private func address(_ address: ArraySlice<UInt8>, isOwn: Bool) -> [UInt8] {
    var path = address
    if isOwn, let origin = origins.first(where: { address.starts(with: $0) }) {
      path = address.dropFirst(origin.count)
      if path.isEmpty { path = [UInt8(ascii: "/")] }
    }
    guard path.first == UInt8(ascii: "/"),
      ![UInt8(ascii: "/"), UInt8(ascii: "\\")].contains(path.dropFirst().first)
    else { return Array(address) }
    let end =
      path.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") || $0 == 0x20 } ?? path.endIndex
    return prefix + Self.normal(path[..<end], namesIndex) + path[end...]
  }

  /// A path without its first slash and without steps up, which would lead out of the tree here.
  private static func normal(_ path: ArraySlice<UInt8>, _ namesIndex: Bool) -> [UInt8] {
    var names: [ArraySlice<UInt8>] = []
    let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for part in parts {
      switch String(decoding: part, as: UTF8.self).lowercased().replacing("%2e", with: ".") {
      case "..": names = names.dropLast()
      case ".", "": continue
      default: names.append(part)
      }
    }
    let joined = Array(names.joined(separator: [UInt8(ascii: "/")]))
    let isFile = path.last != UInt8(ascii: "/") && names.last?.contains(UInt8(ascii: ".")) ?? false
    let slash: [UInt8] = joined.isEmpty ? [] : [UInt8(ascii: "/")]
    if isFile { return joined }
    if namesIndex { return joined + slash + "index.html".utf8 }
    return joined + (path.last == UInt8(ascii: "/") ? slash : [])
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isSame(_ bytes: [UInt8], _ word: String) -> Bool {
    String(decoding: bytes, as: UTF8.self).lowercased() == word
  }
}

extension PageMaker {
  /// A file of the published tree whose links within the site are relative; what machines elsewhere read stays as it is.
  /// - Parameters:
  ///   - file: where it lies in the tree.
  ///   - isAnywhere: whether it is shown at other addresses than its own.
  public func relative(_ bytes: [UInt8], file: String, isAnywhere: Bool) -> [UInt8] {
    if isAnywhere { return surroundings.origin.map { RelativeLinks(anywhereOn: $0).html(bytes) } ?? bytes }
    // Editors write it as the site says it.
    let origins = [surroundings.origin, surroundings.settings.place?.readable].compactMap(\.self)
    let links = RelativeLinks(file: file, origins: origins)
    if file.hasSuffix(".html") { return links.html(bytes) }
    return file.hasSuffix(".css") ? links.css(bytes) : bytes
  }
}
