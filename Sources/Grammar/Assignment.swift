public import ContentModel

/// `field=value`, `field+=value` or `field-=value`.
public struct Assignment: Sendable, Hashable {
  public enum Operation: Sendable { case set, add, remove }

  public let field: String
  public let operation: Operation
  public let value: String

  /// - Throws: a refusal with an example where there is no `=` or no field before it.
  public static func parse(_ text: String) throws(Refusal) -> Assignment {
    guard let equals = text.firstIndex(of: "=") else { throw wrong(text) }
    var name = text[..<equals]
    var operation = Operation.set
    if name.last == "+" || name.last == "-" { operation = name.removeLast() == "+" ? .add : .remove }
    guard let first = name.first, first.isLetter, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else {
      throw wrong(text)
    }
    return Assignment(
      field: String(name), operation: operation, value: String(text[text.index(after: equals)...]))
  }

  private static func wrong(_ text: String) -> Refusal {
    Refusal(
      .usage, "\(text.shown) sets no field", hint: "Write field=value, such as state=draft or tags+=lúa.")
  }
}
