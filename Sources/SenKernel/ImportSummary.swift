import Formats
public import Storage

/// What became of the records of an import.
public struct ImportSummary: Sendable {
  public var created = 0
  public var updated = 0
  /// Records that said nothing new, or that the policy passed over.
  public var skipped = 0
  /// What became of rows beside items, such as votes, and of the site itself, where they came by themselves.
  public var rows = SideTable.Merged()
  public var failures: [(place: String, message: String)] = []
  /// Records whose noun no plugin declares, by noun.
  public var leftOut: [String: Int] = [:]
  /// Why some of them were left out, by noun, where it is for another reason.
  public var reasons: [String: String] = [:]
  /// The records that were read and have a home, by noun.
  public var read: [String: Int] = [:]
  public var failed = 0

  /// So many failures are kept with their places.
  static let mostFailures = 100
}
