public import ContentModel
import Storage

/// How `show REF --draw` draws the items of a noun on a terminal with colours, below what it says of them.
public struct Drawing: Sendable {
  public let noun: String
  let draw: @Sendable (Item, Screen, CommandContext) throws -> Void

  /// - Parameter draw: writes to `context.output.bytes`; called outside of any transaction.
  public init<Type: Content>(
    of type: Type.Type, draw: @escaping @Sendable (Entry<Type>, Screen, CommandContext) throws -> Void
  ) {
    noun = type.name
    self.draw = { item, screen, context in try draw(Entry<Type>(item), screen, context) }
  }
}
