import ContentModel
import Glibc

/// The user's own editor, on a text that is kept in a file until it is safe elsewhere.
///
/// ```swift
/// let draft = try ExternalEditor.Draft(text, name: "article-12.md", in: folder)
/// while case .saved(let text) = try draft.edit(environment: environment) {
///   do { try save(text) } catch let refusal as Refusal {
///     try draft.replace(withComplaints(refusal, text))  // and edit again
///     continue
///   }
///   break
/// }
/// draft.discard()  // only now; after any error the text stays at `draft.path`
/// ```
public enum ExternalEditor {
  /// How an edit ended.
  public enum Result: Sendable, Hashable {
    case saved(String)
    /// The editor left the text as it was given.
    case unchanged
  }

  /// Where drafts of a site lie: `$XDG_STATE_HOME/sen/drafts/NAME-HASH`, so that they outlive a reboot.
  public static func folder(site: String, environment: [String: String]) -> String {
    "\(StateFolder.path(environment: environment))/drafts/\(StateFolder.key(site: site))"
  }

  /// The shell command of the editor: `$VISUAL`, `$EDITOR`, else nano, else vi.
  static func command(_ environment: [String: String]) throws(Refusal) -> String {
    for name in ["VISUAL", "EDITOR"] {
      if let command = environment[name], command.contains(where: { !$0.isWhitespace }) { return command }
    }
    for name in ["nano", "vi"] where ChildProcess.find(name, environment: environment) != nil {
      return name
    }
    throw Refusal(
      .usage, "There is no editor: neither VISUAL nor EDITOR is set, and there is no nano and no vi",
      hint: "Set one, for example: export EDITOR=nano")
  }
}
