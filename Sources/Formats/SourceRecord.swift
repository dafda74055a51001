public import ContentModel

/// One item of a source that is read: its kind, its values, and where it stands.
public struct SourceRecord: Sendable {
  /// The content type it is for: `article`; empty where the source does not say.
  public var noun: String
  public var values: FieldMap
  /// Where it was found, for messages: `line 12`, `row 3 of news_rows`.
  public var place: String

  public init(noun: String, values: FieldMap, place: String) {
    self.noun = noun
    self.values = values
    self.place = place
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
