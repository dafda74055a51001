public import ContentModel
public import Formats

/// Where the answers of commands go. A door (shell, console, script) decides how tables look and who is asked;
/// the data are the same at every door.
public protocol Output: AnyObject {
  /// Standard output; its `finish` is the door's business.
  var bytes: any ByteSink { get }
  /// A line for people, on standard error.
  func note(_ text: String)
  /// A table for people, with one column for each name; ended by `finish`.
  func table(_ columns: [String]) -> any RecordSink
  /// One item for people, a line for each field.
  func card(_ values: FieldMap) throws
  /// Asks yes or no; nil where there is nobody to ask.
  func ask(_ question: String) -> Bool?
  /// Opens a text in the user's editor; nil if it was left unchanged.
  /// - Parameter name: the name of the temporary file, such as `article-12.md`.
  func edit(_ text: String, name: String) throws -> String?
  /// Tells how far a long command is.
  func progress(_ label: String, done: Int, total: Int?)
  /// Whether the user has asked to stop (Ctrl-C).
  var isInterrupted: Bool { get }
}
