/// Header fields in the order they came; names are compared without regard to case.
public struct WebHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// One line of a head.
  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  public var fields: [Field]

  public init(_ fields: [Field] = []) { self.fields = fields }
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field($0, $1) }
  }

  /// The first value of a name; setting puts one value in the place of all, nil removes them.
  public subscript(name: String) -> String? {
    get { fields.first { Self.same($0.name, name) }?.value }
    set {
      fields.removeAll { Self.same($0.name, name) }
      if let newValue { fields.append(Field(name, newValue)) }
    }
  }

  /// Every value of a name.
  public func all(_ name: String) -> [String] {
    fields.filter { Self.same($0.name, name) }.map(\.value)
  }

  /// Every value of a name as one list, as RFC 9110, 5.3 allows for lists; nil if there is none.
  public func list(_ name: String) -> String? {
    let values = all(name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  public func contains(_ name: String) -> Bool { fields.contains { Self.same($0.name, name) } }

  /// One more value beside those of the same name: `Set-Cookie`, `Vary`.
  public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

  private static func same(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.utf8, other.utf8)
    guard one.count == other.count else { return false }
    return zip(one, other).allSatisfy { $0 == $1 || lower($0) == lower($1) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
