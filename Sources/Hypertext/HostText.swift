/// What stands for a host in an address, as browsers take it (https://url.spec.whatwg.org/#host-parsing), in UTF-8. What no
/// browser can go to is none; neither is what no name can be registered as.
enum HostText {
  /// Names by their labels, in any script, and addresses of four numbers.
  static func isName(_ host: ArraySlice<UInt8>) -> Bool {
    let name = host.last == dot ? host.dropLast() : host
    guard !name.isEmpty, name.count <= 253 else { return false }
    let labels = name.split(separator: dot, omittingEmptySubsequences: false)
    guard labels.allSatisfy(isLabel) else { return false }
    // A name whose last label is a number is read as an address of four.
    guard let last = labels.last, last.allSatisfy(isDigit) || last.starts(with: Array("0x".utf8)) else {
      return true
    }
    return labels.count == 4
      && labels.allSatisfy { label in
        label.allSatisfy(isDigit) && (label.count == 1 || label.first != UInt8(ascii: "0"))
          && Int(String(decoding: label, as: UTF8.self)).map { $0 < 256 } ?? false
      }
  }

  /// Letters, marks and digits of any script, `-` and `_`.
  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard (1...63).contains(label.count), let text = String(validating: label, as: UTF8.self) else {
      return false
    }
    guard text.lowercased().hasPrefix("xn--") else { return isLabel(text) }
    guard let decoded = Punycode.decoded(text.dropFirst(4)) else { return false }
    return decoded.unicodeScalars.contains { !$0.isASCII } && isLabel(decoded)
  }

  private static func isLabel(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !isMark(first) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? isNamePart(UInt8(scalar.value))
        : scalar.properties.isAlphabetic || isMark(scalar)
          || scalar.properties.generalCategory == .decimalNumber
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// What stands in brackets: eight groups of hexadecimal digits, zeros among them left out once as `::`.
  static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: text, as: UTF8.self)
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    let groups = halves.map { $0.split(separator: ":", omittingEmptySubsequences: false) }
      .map { $0 == [""] ? [] : $0 }
    let count = groups.reduce(0) { $0 + $1.count }
    return (halves.count == 2 ? count <= 7 : count == 8)
      && groups.joined().allSatisfy { group in
        (1...4).contains(group.utf8.count) && group.allSatisfy { $0.isASCII && $0.isHexDigit }
      }
  }

  /// What follows a host: nothing, or a colon and a number up to 65,535.
  static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    let digits = text.dropFirst()
    return first == UInt8(ascii: ":") && digits.allSatisfy(isDigit) && digits.count <= 5
      && (digits.isEmpty || Int(String(decoding: digits, as: UTF8.self)).map { $0 <= 65_535 } ?? false)
  }

  private static let dot = UInt8(ascii: ".")
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
