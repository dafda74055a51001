public import ContentModel

/// One item of a source that is read: its kind, its values, and where it stands.
public struct SourceRecord: Sendable {
  /// The content type it is for: `article`; empty where the source does not say.
  public var noun: String
  public var values: FieldMap
  /// Where it was found, for messages: `line 12`, `row 3 of news_rows`.
  public var place: String
  /// What belongs to the item beside its fields; empty where the source says nothing about such rows.
  public var rows: [SourceRow] = []

  public init(noun: String, values: FieldMap, place: String) {
    self.noun = noun
    self.values = values
    self.place = place
  }
}

/// A row of a side table, for the item that a record is about.
public struct SourceRow: Sendable {
  /// The side table: `pollCarried`.
  public var table: String
  /// Its columns by name.
  public var values: FieldMap
  /// What it stands for, and how many of them, where no plugin has such a table: 12 votes.
  public var noun: String
  public var count: Int
  /// Whether it stands beside other rows of its item, such as a count of former days; else the rows of a record take
  /// the place of all that are there.
  public var isOne: Bool

  public init(_ table: String, _ values: FieldMap, noun: String, count: Int, isOne: Bool = false) {
    (self.table, self.values, self.noun, self.count, self.isOne) = (table, values, noun, count, isOne)
  }
}

/// A stream of records, in constant memory.
public protocol RecordSource {
  /// The next record, nil at the end. Invalid input is `Refusal(.invalid)` with its place in the message;
  /// a failing device is `FileFailure`.
  mutating func next() throws -> SourceRecord?
  /// How far reading has come, in bytes; `total` is nil where it cannot be known.
  var progress: (done: Int, total: Int?) { get }
}
