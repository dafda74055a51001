public import ContentModel
public import Formats
public import SenKernel

/// An output that remembers: data as text, notes by themselves; tables and cards plain and uncut.
public final class MemoryOutput: Output {
  private let sink = MemorySink()
  public private(set) var notes: [String] = []
  private var answers: [Bool]
  /// What the user types when asked for a text, and in the editor.
  public var typed: [String] = []
  /// The texts that were kept for a later edit.
  public fileprivate(set) var kept: [String] = []
  /// What others do while the user is in the editor, once for each time that it opens.
  public var meanwhile: [() throws -> Void] = []
  /// What others do while the user is asked for a text, or a question.
  public var whileAsked: (() -> Void)?

  /// - Parameter answers: to the questions asked, in order; then nobody is there.
  public init(answers: [Bool] = []) { self.answers = answers }

  /// What went to standard output.
  public var text: String { sink.text }

  public var bytes: any ByteSink { sink }
  public func visible(_ text: String) -> String { text }
  public func note(_ text: String) { notes.append(text) }
  public func detail(_ text: String) {}
  public func table(_ columns: [String], _ style: PeopleStyle) -> any RecordSink {
    CSVSink(sink, columns: columns, delimiter: .tab)
  }
  public func card(_ values: FieldMap, _ style: PeopleStyle) throws {
    let lines = values.entries.map { "\($0.name): \(style.text($0.value, of: $0.name))\n" }
    try sink.write(Array(lines.joined().utf8))
  }
  public func ask(_ question: String) -> Bool? {
    whileAsked?()
    notes.append(question)
    return answers.isEmpty ? nil : answers.removeFirst()
  }
  public func askText(_ label: String, prefill: String) -> String? {
    whileAsked?()
    return typed.isEmpty ? nil : typed.removeFirst()
  }
  public func draft(_ name: String) throws -> any Draft { MemoryDraft(name, self) }
  public func progress(_ label: String, done: Int, total: Int?) {
    if let most = interruptedAt, done >= most { isInterrupted = true }
  }
  public var isInterrupted = false
  /// Ctrl-C comes when progress tells of so much.
  public var interruptedAt: Int?
  /// The terminal to be drawn on; none unless a test says so.
  public var screen: Screen?

  /// A draft whose editor types what the test has put into `typed`; nothing left means nothing changed.
  private final class MemoryDraft: Draft {
    let path: String
    private let output: MemoryOutput

    init(_ name: String, _ output: MemoryOutput) { (path, self.output) = (name, output) }

    var kept: String? { nil }
    func edit(_ text: String) throws -> String {
      output.notes.append(text)
      if !output.meanwhile.isEmpty { try output.meanwhile.removeFirst()() }
      return output.typed.isEmpty ? text : output.typed.removeFirst()
    }
    func keep(_ text: String) throws { output.kept.append(text) }
    func discard() throws {}
  }
}
