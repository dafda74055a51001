public import GRDB

/// Something wrong in the database, and what would mend it.
public struct Ailment {
  /// One line for people: what, and where.
  public let text: String
  /// Mends it, in the caller's transaction; nil where nothing can.
  public let mend: ((Database) throws -> Void)?

  /// Whether it is mended in a transaction of its own, before anything else: SQLite writes nothing more in one that has
  /// met a damaged page.
  public let isMendedAlone: Bool

  public init(_ text: String, isMendedAlone: Bool = false, mend: ((Database) throws -> Void)? = nil) {
    (self.text, self.isMendedAlone, self.mend) = (text, isMendedAlone, mend)
  }
}
