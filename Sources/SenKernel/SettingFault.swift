import ContentModel
import Foundation
import GRDB

/// A setting that is stored and cannot be used, so that its default holds.
public struct SettingFault: Sendable, CustomStringConvertible {
  /// Its name; nil where none of them can be read.
  public let name: String?
  private let reason: String
  private let initial: String

  /// - Parameter reason: what is wrong, beginning with the name of the field.
  init(_ name: String, _ reason: String, _ field: FieldShape?) {
    self.name = name
    let own = field.map { "\($0.name): " } ?? ""
    self.reason = "\(name): " + (reason.hasPrefix(own) ? String(reason.dropFirst(own.count)) : reason)
    initial = field.map { ValueText.text($0.shown($0.initial)) } ?? ""
  }

  private init(unreadable reason: String) {
    (name, self.reason, initial) = (nil, reason, "")
  }

  static func unreadable(_ error: DatabaseError) -> SettingFault {
    SettingFault(unreadable: "The settings cannot be read (\(error.message ?? "\(error.resultCode)"))")
  }

  static func noJSON(_ row: Site.SettingRow, _ groups: [(prefix: String, shape: Shape)]) -> SettingFault {
    let field = groups.lazy.compactMap { prefix, shape in
      row.name.hasPrefix(prefix) ? shape[String(row.name.dropFirst(prefix.count))] : nil
    }.first
    let shown = field?.has(.secret) == true ? "what is stored" : FieldValue.text(row.json).summary
    return SettingFault(row.name, "\(shown) is no JSON", field)
  }

  /// What holds instead: one sentence.
  public var holds: String {
    name == nil
      ? "their defaults hold" : initial.isEmpty ? "its default holds" : "its default, \(initial), holds"
  }

  /// What is wrong, and what holds instead; without what to do.
  public var text: String { "\(name == nil ? "" : "The setting ")\(reason); \(holds)" }

  /// For people: what is wrong, what holds instead, and how to go on.
  public var description: String {
    name.map { "\(text). Set it: sen config set \($0) VALUE; or: sen config unset \($0)" }
      ?? "\(text). See: sen site doctor, sen backup list"
  }
}
