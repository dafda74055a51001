import ContentModel
import Formats
import Glibc

extension ExternalEditor {
  /// A text in a file for the user alone (0600), opened in the editor again and again until it is right.
  ///
  /// Only `discard` deletes the file.
  public final class Draft {
    public let path: String
    /// The text that the editor is given next; what it saved last.
    public private(set) var text: String
    /// Whether the file holds what it was made with, so that losing it loses nothing.
    private var isFresh = false
    /// Held as long as somebody works on the draft, which then is nobody else's.
    private let lock: DraftLock

    /// Puts `text` into a new file of `folder`, which is made for the user alone (0700).
    ///
    /// - Parameter name: the name of the file, `article-12.md`; a draft that was left under this name
    ///   stays, and the new one is `article-12~2.md`.
    public init(_ text: String, name: String, in folder: String) throws {
      self.text = text
      try StateFolder.make(folder)
      var number = 1
      while true {
        let path = "\(folder)/\(Draft.name(name, number))"
        number += 1
        guard let lock = try DraftLock.take(path) else { continue }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
          close(descriptor)
          (self.path, self.lock) = (path, lock)
          break
        }
        guard errno == EEXIST else { throw FileFailure("write", path, errno) }
      }
      try replace(text)
      isFresh = true
    }

    /// Takes up a draft that was left; refused while another editor has it.
    public init(resuming path: String) throws {
      guard let lock = try DraftLock.take(path) else {
        throw Refusal(.conflict, "Another editor is open on \(path)", hint: "Close that one first.")
      }
      (self.path, self.lock) = (path, lock)
      text = try Draft.read(path)
    }

    /// The drafts of `name` that were left in `folder` and that no editor is open on, oldest first.
    public static func left(name: String, in folder: String) -> [String] {
      (1...99).map { "\(folder)/\(Draft.name(name, $0))" }.filter { path in
        access(path, F_OK) == 0 && (try? DraftLock.take(path)) != nil
      }
    }

    /// Opens the editor and waits for it. Refused: no editor, no terminal, an editor that failed or was
    /// killed, a text that is no UTF-8. The text then stays in the file, and the message says where; only
    /// a new draft in which nothing was typed is deleted.
    public func edit(environment: [String: String]) throws -> Result {
      let hasTerminal = StandardStreams.isTerminal(0) && StandardStreams.isTerminal(1)
      return try edit(environment: environment, hasTerminal: hasTerminal)
    }

    func edit(environment: [String: String], hasTerminal: Bool) throws -> Result {
      guard hasTerminal else {
        throw failed(Refusal(.declined, "There is no terminal to open an editor on"))
      }
      let command: String
      do { command = try ExternalEditor.command(environment) } catch { throw failed(error) }
      // The command is the shell's, so that arguments and quotes in it work; Ctrl-C is the editor's, and
      // the shell must not end before it.
      let child = try ChildProcess.start(
        ["/bin/sh", "-c", "trap : INT QUIT\n\(command) \"$1\"", "sh", path], environment: environment)
      let ending =
        switch try child.waitInForeground() {
        case .exited(0): nil as String?
        case .exited(127): "could not be started"
        // The shell between tells of a signal so; no editor ends with such a code by itself.
        case .exited(let code) where code > 128: "was ended by signal \(code - 128)"
        case .exited(let code): "ended with \(code)"
        case .signalled(let number): "was ended by signal \(number)"
        }
      if let ending { throw failed(Refusal(.declined, "The editor (\(command)) \(ending)")) }
      let saved = try Draft.read(path)
      defer { text = saved }
      isFresh = isFresh && saved.utf8.elementsEqual(text.utf8)
      // Bytes, for Swift takes NFC and NFD for the same.
      return saved.utf8.elementsEqual(text.utf8) ? .unchanged : .saved(saved)
    }

    /// The refusal with where the text is kept, if anything was typed.
    private func failed(_ refusal: Refusal) -> Refusal {
      if isFresh, let saved = try? Draft.read(path), saved.utf8.elementsEqual(text.utf8) {
        discard()
        return refusal
      }
      var refusal = refusal
      let kept = "The text is kept in \(path)"
      refusal.hint = refusal.hint.map { "\($0)\n\(kept)" } ?? kept
      return refusal
    }

    /// Puts another text into the file: the same with complaints on top, as a rule. The one before is
    /// there until the new one is whole.
    public func replace(_ text: String) throws {
      try PrivateFile.replace(path, with: text)
      isFresh = false
      self.text = text
    }

    /// Deletes the file, now that its text is safe or not wanted. One that cannot be deleted harms nobody.
    public func discard() { unlink(path) }

    private static func name(_ name: String, _ number: Int) -> String {
      let safe = String(name.map { $0 == "/" || $0 == "\0" ? "-" : $0 })
      guard number > 1 else { return safe }
      guard let dot = safe.lastIndex(of: "."), dot != safe.startIndex else { return "\(safe)~\(number)" }
      return "\(safe[..<dot])~\(number)\(safe[dot...])"
    }

    private static func read(_ path: String) throws -> String {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        if errno == ENOENT { throw Refusal(.notFound, "There is no file \(path) any more") }
        throw FileFailure("read", path, errno)
      }
      defer { close(descriptor) }
      guard let text = String(validating: try PrivateFile.read(descriptor, path), as: UTF8.self) else {
        throw Refusal(
          .invalid, "The editor saved a text that is no UTF-8", hint: "The text is kept in \(path)")
      }
      return text
    }
  }
}
