/// What visitors see, as SQL has it; `Envelope.isPublic` says the same of an item in memory.
public enum Visibility {
  /// A condition on rows of `item`.
  /// - Parameters:
  ///   - alias: what the table is called in the statement.
  ///   - moment: the SQL of the time, a `Timestamp` text, such as `?2`.
  ///   - again: the same where it is asked for the second time; `moment` where it can be asked twice.
  public static func sql(_ alias: String, at moment: String, _ again: String? = nil) -> String {
    "\(alias).state = 'published' AND \(alias).trashedAt IS NULL"
      + " AND (\(alias).publishAt IS NULL OR \(alias).publishAt <= \(moment))"
      + " AND (\(alias).expireAt IS NULL OR \(alias).expireAt > \(again ?? moment))"
  }
}
