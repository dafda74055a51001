/// The attributes of an element as they are written.
struct Attributes {
  private(set) var bytes: [UInt8] = []

  /// Adds ` name="value"`.
  mutating func add(_ name: StaticString, _ value: String) {
    bytes.append(0x20)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes += [0x3D, 0x22]
    Escaping.append(value, to: &bytes)
    bytes.append(0x22)
  }

  /// Adds it if there is a value.
  mutating func add(_ name: StaticString, _ value: String?) {
    if let value { add(name, value) }
  }

  /// Adds ` name`.
  mutating func add(flag name: StaticString) {
    bytes.append(0x20)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Adds what every element may have: its language and the direction of its script.
  mutating func addLanguage(of element: HTMLTree.Element) {
    guard element.hasAttributes else { return }
    if let language = element.attribute("lang"), Self.isPlain(language, most: 35, also: "-") {
      add("lang", language)
    }
    if let direction = element.attribute("dir")?.lowercased(), ["ltr", "rtl", "auto"].contains(direction) {
      add("dir", direction)
    }
  }

  /// Adds the language that a listing is in, `class="language-swift"`.
  mutating func addProgrammingLanguage(_ style: SourceStyle) {
    let name = style.classes.first {
      $0.hasPrefix("language-") && $0.utf8.count > 9 && Self.isPlain(String($0), most: 40, also: "-+#._")
    }
    add("class", name.map(String.init))
  }

  /// Adds a number if it is one within the range; `600px` is 600.
  mutating func add(_ name: StaticString, number value: String?, in range: ClosedRange<Int>) {
    guard let number = value.flatMap(Self.number), range.contains(number) else { return }
    add(name, String(number))
  }

  static func number(_ value: String) -> Int? {
    let text = value.drop { $0 == " " }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
    let unit = text[digits.endIndex...].lowercased()
    return unit.isEmpty || unit.hasPrefix("px") || unit.hasPrefix(" ") ? Int(digits) : nil
  }

  /// Whether a value has only ASCII letters, digits and the signs of `also`.
  static func isPlain(_ value: String, most: Int, also: String) -> Bool {
    let signs = also.utf8
    return !value.isEmpty && value.utf8.count <= most
      && value.utf8.allSatisfy {
        MarkupScanner.isLetter($0) && $0 < 0x80 || $0 >= 0x30 && $0 <= 0x39 || signs.contains($0)
      }
  }
}
