/// Literals of the program are HTML; what is put into them is escaped unless it is `SafeHTML` itself.
///
/// `"<p title=\"\(title)\">\(body)</p>"`. Literals are `StaticString`, which no text of a stranger can become. An
/// address still needs `Address.clean` before it goes into `href`: `javascript:` has nothing to escape.
extension SafeHTML: ExpressibleByStringInterpolation {
  public init(stringLiteral value: StaticString) {
    self.init()
    append(literal: value)
  }

  public init(stringInterpolation: Interpolation) { self = stringInterpolation.html }

  /// Adds a literal of the program.
  mutating func append(literal: StaticString) {
    var all = bytes
    literal.withUTF8Buffer { all.append(contentsOf: $0) }
    self = SafeHTML(checked: all)
  }

  /// A literal with values in it, as it is put together.
  public struct Interpolation: StringInterpolationProtocol {
    var html = SafeHTML()

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: StaticString) { html.append(literal: literal) }
    /// HTML, as it is.
    public mutating func appendInterpolation(_ value: SafeHTML) { html.append(value) }
    /// A text, escaped.
    public mutating func appendInterpolation(_ value: some StringProtocol) { html.append(escaping: value) }
    /// A number.
    public mutating func appendInterpolation(_ value: some BinaryInteger) {
      html.append(escaping: String(value))
    }
  }
}
