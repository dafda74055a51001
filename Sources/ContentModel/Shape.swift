/// A field without its Swift type.
public struct FieldShape: Sendable {
  public let name: String
  public let kind: FieldKind
  public let traits: Set<FieldTrait>
  public let isOptional: Bool
  public let help: String
  /// The value of a newly made struct.
  public let initial: FieldValue
  private let reading: @Sendable (FieldValue) -> Refusal?

  /// - Parameter reading: what keeps the field's Swift type from taking a value; nil where it can.
  public init(
    name: String, kind: FieldKind, traits: Set<FieldTrait>, isOptional: Bool, help: String,
    initial: FieldValue, reading: @escaping @Sendable (FieldValue) -> Refusal? = { _ in nil }
  ) {
    (self.name, self.kind, self.traits) = (name, kind, traits)
    (self.isOptional, self.help, self.initial, self.reading) = (isOptional, help, initial, reading)
  }

  /// What keeps a stored value from being read as this field's; nil where it can be.
  public func fault(in value: FieldValue) -> Refusal? { reading(value) }

  public func has(_ trait: FieldTrait) -> Bool { traits.contains(trait) }

  /// What stands for a secret that is set.
  public static let mask = "••••"

  /// Whether visitors may see it: pages, feeds and answers to them are made of such fields only.
  public var isPublic: Bool { !has(.secret) && !has(.confidential) }

  /// The value as it may be shown to those who run the site: of a secret, only whether it is set.
  public func shown(_ value: FieldValue) -> FieldValue {
    guard has(.secret) else { return value }
    return value.isBlank ? .null : .text(Self.mask)
  }
}

/// A `Fielded` type without its Swift type: what the kernel derives everything from.
///
/// Values travel as arrays in the order of `fields`.
public final class Shape: Sendable {
  public let name: String
  public let help: String
  public let fields: [FieldShape]
  /// Where those fields stand that visitors may not see, and the long texts.
  public let hidden: [Int]
  public let bodies: [Int]
  /// Whether it arranges the site, which is for editors.
  public let isStructure: Bool
  /// Where each field name stands in `fields`.
  public let index: [String: Int]
  private let firsts: [FieldTrait: Int]
  private let checked: @Sendable ([FieldValue]) throws(Complaints) -> [FieldValue]

  /// The shape of a content type.
  public convenience init<Type: Content>(_ type: Type.Type) {
    self.init(type, name: Type.name, help: Type.help, isStructure: Type.isStructure)
  }

  /// The shape of any fielded type, under a name.
  public init<Type: Fielded>(_ type: Type.Type, name: String, help: String, isStructure: Bool = false) {
    self.isStructure = isStructure
    let fields = Type.fields
    let initial = Type()
    self.name = name
    self.help = help
    self.fields = fields.map {
      FieldShape(
        name: $0.name, kind: $0.kind, traits: $0.traits, isOptional: $0.isOptional, help: $0.help,
        initial: $0.get(initial), reading: $0.fault)
    }
    let shapes = self.fields
    hidden = shapes.indices.filter { !shapes[$0].isPublic }
    firsts = Dictionary(
      shapes.enumerated().flatMap { index, field in field.traits.map { ($0, index) } },
      uniquingKeysWith: min)
    above =
      firsts[.section] ?? firsts[.parent]
      ?? shapes.firstIndex { $0.has(.group) && $0.kind.target != nil }
    bodies = shapes.indices.filter { shapes[$0].has(.body) }
    index = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    checked = { (values: [FieldValue]) throws(Complaints) in
      let (content, complaints) = Self.make(type, fields, values)
      guard complaints.isEmpty else { throw Complaints(complaints) }
      return fields.map { $0.get(content) }
    }
  }

  public subscript(name: String) -> FieldShape? { index[name].map { fields[$0] } }

  /// Where the first field stands that has a trait.
  public func index(of trait: FieldTrait) -> Int? { firsts[trait] }
  public var titleIndex: Int? { firsts[.title] }
  public var bodyField: FieldShape? { firsts[.body].map { fields[$0] } }
  public var parentField: FieldShape? { firsts[.parent].map { fields[$0] } }
  /// Where the field stands that says what an item stands below: its section, its parent or its group.
  public let above: Int?
  /// The fields whose items with the same values have an order among themselves.
  public var placeIndices: [Int] {
    fields.indices.filter { fields[$0].has(.parent) || fields[$0].has(.group) }
  }
  public var initialValues: [FieldValue] { fields.map(\.initial) }
  /// The fields that visitors may see.
  public var publicFields: [FieldShape] { fields.filter(\.isPublic) }

  /// The values as the struct gives them back, every check passed; else all that is wrong with them.
  public func check(_ values: [FieldValue]) throws(Complaints) -> [FieldValue] { try checked(values) }

  /// `values` with the initial one in the place of each that its field does not take; and what was wrong with those, by
  /// field. Values that each are right and are wrong together are all taken back.
  public func sound(_ values: [FieldValue]) -> (values: [FieldValue], faults: [Refusal]) {
    var (values, faults): ([FieldValue], [Refusal]) = (values, [])
    // Each round takes back at least one value, or all of them.
    while true {
      do throws(Complaints) {
        return (try checked(values), faults)
      } catch {
        faults += error.refusals
        let named = error.refusals.compactMap { $0.field.flatMap { index[$0] } }
          .filter { values[$0] != fields[$0].initial }
        guard !named.isEmpty else { return (initialValues, faults) }
        for place in named { values[place] = fields[place].initial }
      }
    }
  }

  /// The typed struct of `values`.
  public static func decode<Type: Fielded>(_ type: Type.Type, _ values: [FieldValue]) throws(Complaints)
    -> Type
  {
    let (content, complaints) = make(type, Type.fields, values)
    guard complaints.isEmpty else { throw Complaints(complaints) }
    return content
  }

  /// The typed struct of values that have been checked when they were stored. A check that has become stricter since
  /// keeps nobody from reading them.
  static func stored<Type: Fielded>(_ type: Type.Type, _ values: [FieldValue]) throws(Complaints) -> Type {
    var content = Type()
    let fields = Type.fields
    // By index, as each field is much to copy.
    for index in 0..<min(fields.count, values.count) {
      do throws(Refusal) { try fields[index].restore(&content, values[index]) } catch {
        throw Complaints([error.inField(fields[index].name)])
      }
    }
    return content
  }

  /// The values of a typed struct, in the order of its fields.
  public static func encode<Type: Fielded>(_ content: Type) -> [FieldValue] {
    Type.fields.map { $0.get(content) }
  }

  private static func make<Type: Fielded>(
    _ type: Type.Type, _ fields: [Field<Type>], _ values: [FieldValue]
  ) -> (Type, [Refusal]) {
    var content = Type()
    var complaints: [Refusal] = []
    for (field, value) in zip(fields, values) {
      do throws(Refusal) {
        try field.set(&content, value)
        if field.traits.contains(.required) && value.isBlank {
          throw Refusal(
            .invalid, "is missing", hint: field.help.isEmpty ? nil : field.help, reason: .missing)
        }
        try field.check(content)
      } catch {
        complaints.append(error.inField(field.name))
      }
    }
    let size = values.reduce(0) { $0 + $1.textSize }
    if complaints.isEmpty, size > FieldValue.longestItem {
      complaints.append(
        Refusal(
          .invalid, "The texts together hold \(size >> 20) MB",
          hint: "At most \(FieldValue.longestItem >> 20) MB fit; make several of it."))
    }
    if complaints.isEmpty {
      do throws(Refusal) { try content.check() } catch {
        complaints.append(error.field.map(error.inField) ?? error)
      }
    }
    return (content, complaints)
  }
}

/// All that is wrong with one set of values.
public struct Complaints: Error, Sendable, CustomStringConvertible {
  public let refusals: [Refusal]

  public init(_ refusals: [Refusal]) { self.refusals = refusals }

  public var description: String { refusals.map(\.description).joined(separator: "\n") }

  /// The complaints as one refusal: the first one whole, the number of the others.
  public var refusal: Refusal {
    guard var first = refusals.first else { return Refusal(.invalid, "invalid input") }
    if refusals.count > 1 {
      first.message += "; " + refusals.dropFirst().map(\.message).joined(separator: "; ")
    }
    return first
  }
}

extension Refusal {
  /// The same refusal, told of a field.
  func inField(_ name: String) -> Refusal {
    var refusal = self
    refusal.field = name
    refusal.message = "\(name): \(message)"
    return refusal
  }
}
