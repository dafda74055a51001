public import ContentModel

/// The form of an action as a visitor sent it, to be shown again with what is wrong with it.
public struct FilledForm: Sendable {
  public let noun: String
  /// The action's name.
  public let action: String
  /// The id of the item that it was sent to.
  public let item: Int64
  /// What is wrong, each with its field if it is one that the visitor filled in.
  public let complaints: [Refusal]
  private let texts: [String: [String]]

  /// - Parameter texts: what was sent, by the names of the input's fields.
  public init(
    _ action: Action, on item: Int64, _ texts: [String: [String]], complaints: [Refusal] = []
  ) {
    (noun, self.action, self.item) = (action.noun, action.name, item)
    (self.texts, self.complaints) = (texts, complaints)
  }

  public func isOf(_ action: Action, on id: Int64) -> Bool {
    noun == action.noun && self.action == action.name && item == id
  }

  /// What was sent in a field: several texts where several were ticked.
  public func texts(_ field: String) -> [String] { texts[field] ?? [] }
}
