public import ContentModel
import Foundation
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
  let isJournaled: Bool
  let run: @Sendable (Item, [FieldValue], Operation) throws -> String

  /// - Parameters:
  ///   - isJournaled: false where it only counts what visitors do, which nobody takes back one by one.
  ///   - run: does it, within an operation, and says in one line what was done.
  public init<Body: Content, Input: Fielded>(
    _ name: String, of type: Body.Type, input: Input.Type, help: String, isForVisitors: Bool = false,
    isJournaled: Bool = true, examples: [String],
    run: @escaping @Sendable (Entry<Body>, Input, Operation) throws -> String
  ) {
    noun = Body.name
    self.name = name
    self.help = help
    self.input = Shape(input, name: "\(Body.name) \(name)", help: help)
    self.isForVisitors = isForVisitors
    self.isJournaled = isJournaled
    self.examples = examples
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
        let reader = FieldText(now: operation.now, timeZone: site.timeZone) { text, noun in
          try Names(site, operation.db).id(text, of: noun)
        }
        var values = input.initialValues
        for (index, field) in input.fields.enumerated() {
          let texts = context.invocation.flags(FlagName.of(field.name))
          guard let text = texts.last else { continue }
          do {
            values[index] =
              field.kind == .texts
              ? .list(texts.map { .text($0) })
              : try reader.value(.text(context.expand(text)), of: field.kind, isOptional: field.isOptional)
          } catch let refusal as Refusal where refusal.field == nil {
            throw Refusal(
              refusal.code, "\(field.name): \(refusal.message)", field: field.name, hint: refusal.hint)
          }
        }
        return (try perform(on: id, values, operation), operation.notes)
      }
      context.output.note(context.isDryRun ? "Dry run, nothing written: \(said)" : said)
      notes.tell(context.output)
    }
  }
}
