public import GRDB

/// Something wrong in the database, and what would mend it.
public struct Ailment {
  /// One line for people: what, and where.
  public let text: String
  /// Mends it, in the caller's transaction; nil where nothing can.
  public let mend: ((Database) throws -> Void)?

  public init(_ text: String, mend: ((Database) throws -> Void)? = nil) {
    (self.text, self.mend) = (text, mend)
  }
}
