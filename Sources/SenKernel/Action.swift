public import ContentModel
public import Foundation
public import GRDB
import Grammar

/// Something one can do to an entry beyond editing it: `vote`, `rate`, `ask`. One declaration serves the console
/// (`poll vote REF --option 2`) and the web.
public struct Action: Sendable {
  public let noun: String
  /// The verb.
  public let name: String
  public let help: String
  /// What whoever acts fills in.
  public let input: Shape
  /// Whether visitors may do it, to entries that are public.
  public let isForVisitors: Bool
  /// Command lines that show it, without `sen`.
  public let examples: [String]
  /// Whether it is written down, so that it can be taken back; else it only counts.
  public let isJournaled: Bool
  /// Where a visitor goes on to whose act only counts on the way, such as following a link; nil for what is done by a
  /// form.
  public let destination: (@Sendable (Item) throws -> ViewValue)?
  let run: @Sendable (Item, [FieldValue], Operation) throws -> String

  /// The field of an input that holds who acts. Visitors do not fill it in: it is what they are known by.
  public static let voter = "voter"

  /// What visitors fill in.
  public var asked: [FieldShape] { input.fields.filter { $0.name != Self.voter } }

  /// Whether one may act but once.
  public var isOncePerVoter: Bool { input[Self.voter] != nil }

  /// - Parameters:
  ///   - destination: an address or a file, for what is counted on the way to it.
  ///   - isJournaled: false where it only counts what visitors do, which nobody takes back one by one.
  ///   - run: does it, within an operation, and says in one line what was done.
  public init<Body: Content, Input: Fielded>(
    _ name: String, of type: Body.Type, input: Input.Type, help: String, isForVisitors: Bool = false,
    isJournaled: Bool = true, examples: [String],
    destination: (@Sendable (Entry<Body>) throws -> ViewValue)? = nil,
    run: @escaping @Sendable (Entry<Body>, Input, Operation) throws -> String
  ) {
    noun = Body.name
    self.name = name
    self.help = help
    self.input = Shape(input, name: "\(Body.name) \(name)", help: help)
    self.isForVisitors = isForVisitors
    self.isJournaled = isJournaled
    self.examples = examples
    if let destination {
      self.destination = { item in try destination(Entry<Body>(item)) }
    } else {
      self.destination = nil
    }
    self.run = { item, values, operation in
      try run(Entry(item), Shape.decode(Input.self, values), operation)
    }
  }

  /// Does it.
  /// - Parameter values: the input, in the order of its fields; checked here.
  /// - Returns: what was done, in one line.
  public func perform(on id: Int64, _ values: [FieldValue], _ operation: Operation) throws -> String {
    guard let item = try operation.site.store.fetch(id, of: noun, operation.db) else {
      throw Refusal(.notFound, "There is no \(noun) \(id)")
    }
    if !isForVisitors { try operation.permit(action: name, on: item) }
    do {
      // The action itself was allowed; what it writes is its own affair.
      return try operation.warrant.asSite { try run(item, values, operation) }
    } catch let complaints as Complaints {
      throw complaints.refusal
    }
  }

  /// The input that texts stand for, as flags and forms give them; what is not given keeps its initial value.
  /// - Parameter texts: those of a field, none if it is not given; of a field of one value the last counts.
  public func values(
    _ site: Site, _ db: Database, now: Date, _ texts: (FieldShape) throws -> [String]
  ) throws -> [FieldValue] {
    let reader = reader(site, db, now)
    var values = input.initialValues
    for (index, field) in input.fields.enumerated() {
      if let value = try value(of: field, texts(field), reader) { values[index] = value }
    }
    return values
  }

  /// All that is wrong with the input that texts stand for, each with its field; what the action itself says of it
  /// is not among it.
  public func complaints(
    _ site: Site, _ db: Database, now: Date, _ texts: (FieldShape) throws -> [String]
  ) throws -> [Refusal] {
    let reader = reader(site, db, now)
    var values = input.initialValues
    var complaints: [Refusal] = []
    for (index, field) in input.fields.enumerated() {
      do {
        if let value = try value(of: field, texts(field), reader) { values[index] = value }
      } catch let refusal as Refusal {
        complaints.append(refusal)
      }
    }
    do throws(Complaints) {
      _ = try input.check(values)
    } catch {
      let known = Set(complaints.map(\.field))
      complaints += error.refusals.filter { !known.contains($0.field) }
    }
    return complaints
  }

  private func reader(_ site: Site, _ db: Database, _ now: Date) -> FieldText {
    FieldText(now: now, timeZone: site.timeZone) { text, noun in try Names(site, db).id(text, of: noun) }
  }

  /// Nil for what is not given.
  private func value(of field: FieldShape, _ texts: [String], _ reader: FieldText) throws -> FieldValue? {
    guard let text = texts.last else { return nil }
    do {
      return field.kind == .texts
        ? .list(texts.map { .text($0) })
        : try reader.value(.text(text), of: field.kind, isOptional: field.isOptional)
    } catch let refusal as Refusal where refusal.field == nil {
      throw Refusal(refusal.code, "\(field.name): \(refusal.message)", field: field.name, hint: refusal.hint)
    }
  }

  /// The command of the console, derived from the input's fields.
  func command() -> Command {
    Command(
      CommandSpec(
        noun: noun, verb: name, summary: help,
        arguments: [ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: noun))],
        flags: input.fields.map { field in
          FlagSpec(
            FlagName.of(field.name), help: field.help, kind: .text, placeholder: field.kind.name.uppercased(),
            repeats: field.kind.isList, isFieldValue: true)
        }, examples: examples.map { "sen \($0)" })
    ) { context in
      let site = try context.site
      let (said, notes) = try site.write(isDryRun: context.isDryRun, isJournaled: isJournaled) { operation in
        let id = try context.item(noun, operation.db)
        let values = try values(site, operation.db, now: operation.now) { field in
          let texts = context.invocation.flags(FlagName.of(field.name))
          return try field.kind == .texts ? texts : texts.suffix(1).map(context.expand)
        }
        return (try perform(on: id, values, operation), operation.notes)
      }
      context.output.note(context.isDryRun ? "Dry run, nothing written: \(said)" : said)
      notes.tell(context.output)
    }
  }
}
