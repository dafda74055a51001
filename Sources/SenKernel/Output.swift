public import ContentModel
public import Formats

/// Where the answers of commands go. A door (shell, console, script) decides how tables look and who is asked;
/// the data are the same at every door.
public protocol Output: AnyObject {
  /// Standard output; its `finish` is the door's business.
  var bytes: any ByteSink { get }
  /// A line for people, on standard error.
  func note(_ text: String)
  /// `text` with its control characters shown where they would act on a terminal.
  func visible(_ text: String) -> String
  /// `text` made visible, in a tone where data are shown in colours.
  func toned(_ text: String, _ tone: Tone) -> String
  /// A line for people that `--verbose` asks for.
  func detail(_ text: String)
  /// A table for people, with one column for each name; ended by `finish`.
  func table(_ columns: [String], _ style: PeopleStyle) -> any RecordSink
  /// One item for people, a line for each field.
  func card(_ values: FieldMap, _ style: PeopleStyle) throws
  /// Asks yes or no; nil where there is nobody to ask.
  func ask(_ question: String) -> Bool?
  /// Asks for a line of text, with `prefill` typed already; nil where there is nobody to ask, or they gave up.
  func askText(_ label: String, prefill: String) -> String?
  /// Asks for what the terminal does not show; nil where there is nobody to ask, or they gave up.
  /// - Throws: `CancellationError` where they interrupted the command.
  func askSecret(_ label: String) throws -> String?
  /// A text of this name to be worked on in the user's editor; what was typed outlives a failure.
  /// - Parameter name: the name of the file, such as `article-12.md`.
  func draft(_ name: String) throws -> any Draft
  /// Tells how far a long command is.
  func progress(_ label: String, done: Int, total: Int?)
  /// Whether the user has asked to stop (Ctrl-C).
  var isInterrupted: Bool { get }
  /// The terminal that data are shown on; nil where they go elsewhere.
  var screen: Screen? { get }
}

extension Output {
  public var screen: Screen? { nil }
  public func askSecret(_ label: String) throws -> String? { nil }
  public func toned(_ text: String, _ tone: Tone) -> String { visible(text) }
}

/// A terminal, for what is drawn on it.
public struct Screen: Sendable, Hashable {
  public enum Colours: Sendable { case none, cube, all }

  public let columns: Int
  /// None, the 6 × 6 × 6 of 256 colours, or all.
  public let colours: Colours

  public init(columns: Int, colours: Colours) { (self.columns, self.colours) = (columns, colours) }
}

/// A text in the user's editor, kept until it is saved for good.
public protocol Draft: AnyObject {
  /// Where it lies.
  var path: String { get }
  /// What an earlier, unfinished edit has left, on which nobody is at work; it is then this draft's.
  var kept: String? { get }
  /// Puts `text` before the user and waits.
  /// - Returns: what they made of it.
  func edit(_ text: String) throws -> String
  /// Keeps `text` for a later edit, where nobody is there to work on it now.
  func keep(_ text: String) throws
  /// It is saved elsewhere now, or not wanted.
  func discard() throws
}
