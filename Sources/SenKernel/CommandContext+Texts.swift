import Foundation
import Grammar
import Storage

/// What `-` and `@file` stand for, each read once: a change of several items gives all of them the same.
final class GivenTexts {
  var read: [String: Result<String, any Error>] = [:]
}

extension CommandContext {
  /// The lines of standard input, for `-`; empty where it is a terminal.
  public func readInput() throws -> String { try expand("-") }

  /// Text for `-` and `@file` values.
  public func expand(_ text: String) throws -> String {
    guard text == "-" || text.first == "@" && text.count > 1 else { return text }
    let content =
      given.read[text] ?? Result { text == "-" ? try input() : try Self.content(of: text.dropFirst()) }
    given.read[text] = content
    return try content.get()
  }

  private static func content(of path: Substring) throws -> String {
    guard let data = FileManager.default.contents(atPath: String(path)) else {
      throw Refusal(.notFound, "There is no file \(path)", hint: "A value that begins with @ names a file.")
    }
    guard let content = String(validating: data, as: UTF8.self) else {
      throw Refusal(.invalid, "\(path) is no UTF-8 text")
    }
    return content
  }

  /// Reads what is named by references and values of fields before the site is locked: whoever writes into a pipe may
  /// take their time. What goes wrong is told where it is wanted.
  func readAhead() {
    for argument in invocation.spec.arguments {
      for text in invocation.values(argument.name) {
        switch argument.kind {
        case .reference where text == "-", .assignment where text == "-": readAhead(text)
        case .assignment(let noun):
          // What is none is a reference, or is refused by whoever wants it.
          if let assignment = try? Assignment.parse(text) {
            readAhead(assignment.value, noun, assignment.field)
          }
        default: break
        }
      }
    }
    for flag in invocation.spec.flags where flag.isFieldValue {
      for text in invocation.flags(flag.name) {
        if case .fieldValue(let noun, let field) = flag.kind {
          readAhead(text, noun, field)
        } else {
          readAhead(text)
        }
      }
    }
  }

  private func readAhead(_ text: String, _ noun: String, _ field: String) {
    // The text of a file's field is its path.
    guard let shape = registry?.shape(noun), shape[field]?.kind != .media else { return }
    readAhead(text)
  }

  private func readAhead(_ text: String) {
    _ = Result { try expand(text) }
  }
}
