/// What a form or a query says, in its order: `q=l%C3%BAa+m%E1%BB%9Bi&page=2` (application/x-www-form-urlencoded).
public struct FormData: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// One field as it was filled in.
  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// As many fields as a form may have, unless another number is given.
  public static let mostFields = 500

  public var fields: [Field]

  public init(_ fields: [Field] = []) { self.fields = fields }
  public init(dictionaryLiteral elements: (String, String)...) { fields = elements.map { Field($0, $1) } }

  /// - Throws: 400 for more fields than `most`, and for NUL, which no field has.
  public init(parsing bytes: some Sequence<UInt8>, most: Int = Self.mostFields) throws(WebProblem) {
    let bytes = Array(bytes)
    var fields: [Field] = []
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      guard fields.count < most else { throw .badRequest("The form has more than \(most) fields.") }
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      let name = PercentCoding.lenient(part[..<equals])
      let value = PercentCoding.lenient(part[equals...].dropFirst())
      guard !name.contains(0), !value.contains(0) else { throw .badRequest("A field holds a NUL.") }
      fields.append(Field(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
    self.fields = fields
  }

  /// As a query is written; parsing it gives the same fields.
  public var encoded: String {
    fields.map { "\(PercentCoding.coded($0.name))=\(PercentCoding.coded($0.value))" }.joined(separator: "&")
  }

  /// The first value of a name.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Every value of a name: what was ticked.
  public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}
