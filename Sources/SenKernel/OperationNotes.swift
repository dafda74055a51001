/// What rules and actions tell people of an operation beside what was done; the command that began it prints them.
final class OperationNotes {
  /// An operation on many items tells so many.
  private static let most = 20
  private var texts: [String] = []
  private var count = 0

  fileprivate func add(_ text: String) {
    count += 1
    if texts.count < Self.most { texts.append(text) }
  }

  /// Runs `body`, of which nothing is told.
  func withoutTelling<Value>(_ body: () throws -> Value) rethrows -> Value {
    let before = (texts, count)
    defer { (texts, count) = before }
    return try body()
  }

  func tell(_ output: any Output) {
    for text in texts { output.note(text) }
    if count > texts.count { output.note("… and \(count - texts.count) more notes") }
  }
}

extension Operation {
  /// Tells people what is no reason to refuse: that another entry is the same, say.
  public func note(_ text: String) { notes.add(text) }
}
