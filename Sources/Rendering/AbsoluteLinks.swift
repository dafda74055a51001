import Hypertext

/// HTML for readers that do not know which site it came from, or on which page it stands: all addresses become whole
/// ones.
///
/// `<a href="/page/gioi-thieu/">`, `<img src="/media/…" srcset="/media/… 480w, /media/… 960w">`, `<a href="#n-1">`,
/// `<a href="../lua/?q=1">`.
struct AbsoluteLinks {
  private let origin: [UInt8]
  private let base: AddressBase

  /// - Parameters:
  ///   - origin: the site's address, without a slash at its end.
  ///   - page: the whole address of the page that the HTML stands on.
  init(origin: String, page: String) {
    (self.origin, base) = (SafeHTML(escaping: origin).bytes, AddressBase(SafeHTML(escaping: page).bytes))
  }

  /// - Parameter html: in UTF-8 as the sanitiser writes it, with every value of an attribute in double quotes.
  func html(_ html: [UInt8]) -> [UInt8] {
    html.withUnsafeBufferPointer { source in
      var written: [UInt8] = []
      written.reserveCapacity(source.count + source.count / 8)
      // What lies before `place` and is not written yet begins at `start`.
      var (isInTag, start, place) = (false, 0, 0)
      while place < source.count {
        if !isInTag {
          // Most of a text is in no tag.
          guard let next = source[place...].firstIndex(of: UInt8(ascii: "<")) else { break }
          place = next
        }
        let byte = source[place]
        place += 1
        switch byte {
        case UInt8(ascii: "<"): isInTag = true
        case UInt8(ascii: ">"): isInTag = false
        case UInt8(ascii: "\"") where isInTag:
          let end = source[place...].firstIndex(of: UInt8(ascii: "\"")) ?? source.count
          written += source[start..<place]
          append(source[place..<end], of: Self.name(before: place - 1, source), to: &written)
          (start, place) = (end, min(end + 1, source.count))
        default: break
        }
      }
      written += source[start...]
      return written
    }
  }

  /// The name of the attribute whose value begins at a quote.
  private static func name(before quote: Int, _ source: UnsafeBufferPointer<UInt8>) -> String {
    guard quote > 0, source[quote - 1] == UInt8(ascii: "=") else { return "" }
    let end = quote - 1
    let start = source[..<end].lastIndex { $0 == 0x20 || $0 == 0x0A || $0 == UInt8(ascii: "<") } ?? end
    return String(decoding: source[min(start + 1, end)..<end], as: UTF8.self).lowercased()
  }

  private func append(_ value: Slice<UnsafeBufferPointer<UInt8>>, of name: String, to target: inout [UInt8]) {
    switch name {
    case "href", "src", "poster", "cite": target += whole(value[...])
    case "srcset":
      for (index, candidate) in value.split(separator: UInt8(ascii: ",")).enumerated() {
        if index > 0 { target += ", ".utf8 }
        let candidate = candidate.drop { $0 == 0x20 }
        let end = candidate.firstIndex(of: 0x20) ?? candidate.endIndex
        target += whole(candidate[..<end])
        target += candidate[end...]
      }
    default: target += value
    }
  }

  /// The site may lie below a path of its host, which paths from its root on do not say.
  private func whole(_ reference: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let isOnSite = reference.first == UInt8(ascii: "/") && reference.dropFirst().first != UInt8(ascii: "/")
    return isOnSite ? origin + reference : base.resolved(Array(reference)[...])
  }
}
