/// Names of other scripts as they are sent, behind `xn--` (RFC 3492).
enum Punycode {
  /// The name that a label stands for; nil for what stands for none.
  static func decoded(_ label: Substring) -> String? {
    var scalars: [Unicode.Scalar] = []
    var rest = label.utf8[...]
    if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
      for byte in rest[..<hyphen] { scalars.append(Unicode.Scalar(byte)) }
      rest = rest[rest.index(after: hyphen)...]
      guard !scalars.isEmpty, scalars.allSatisfy(\.isASCII) else { return nil }
    }
    var (code, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let start = index
      var (weight, k) = (1, 36)
      while true {
        guard let digit = rest.popFirst().flatMap(digit) else { return nil }
        index += digit * weight
        let threshold = min(max(k - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        k += 36
        // A label has 63 bytes; beyond the last code point there is nothing to be found.
        guard index <= most, weight <= most else { return nil }
      }
      guard index <= most else { return nil }
      let count = scalars.count + 1
      bias = adapted(index - start, count, isFirst: start == 0)
      code += index / count
      index %= count
      guard let scalar = Unicode.Scalar(UInt32(clamping: code)), !scalar.isASCII else { return nil }
      scalars.insert(scalar, at: index)
      index += 1
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static let most = 0x10FFFF * 64

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
