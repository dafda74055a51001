public import GRDB

/// Something wrong in the database, and what would mend it.
public struct Ailment {
  /// One line for people: what, and where.
  public let text: String
  /// Mends it, in the caller's transaction; nil where nothing can.
  public let mend: ((Database) throws -> Void)?

  /// The table that is gone, or the one column of it, with all that it held; nil where nothing was lost so.
  public let lost: Lost?

  /// What only a backup can have.
  public struct Lost: Sendable {
    public let table: String
    /// nil where all of the table is gone.
    public let column: String?
  }

  /// Whether it is mended in a transaction of its own, before anything else: SQLite writes nothing more in one that has
  /// met a damaged page.
  public let isMendedAlone: Bool

  /// Whether no undo brings back what was there before it was mended: rows that no rule lets in again, and what is in no
  /// journal.
  public let isForGood: Bool

  /// Whether nothing is damaged, and people have to say what they want.
  public let isForPeople: Bool

  public init(
    _ text: String, isMendedAlone: Bool = false, lost: Lost? = nil, isForGood: Bool = false,
    isForPeople: Bool = false, mend: ((Database) throws -> Void)? = nil
  ) {
    (self.text, self.isMendedAlone, self.lost, self.mend) = (text, isMendedAlone, lost, mend)
    (self.isForGood, self.isForPeople) = (isForGood, isForPeople)
  }

  /// The same, told with more.
  public func telling(_ more: String) -> Ailment {
    Ailment(
      text + more, isMendedAlone: isMendedAlone, lost: lost, isForGood: isForGood, isForPeople: isForPeople,
      mend: mend)
  }
}
