public import ContentModel

/// Help on the terminal, and the command reference.
extension CommandSet {
  /// The help on a noun, a command, or everything.
  /// - Throws: a refusal as `parse` has it for words that name nothing, or too many of them.
  public func help(for words: [String]) throws(Refusal) -> String {
    guard let noun = words.first else { return overview() }
    if words.count == 1, byWords[noun] != nil {
      let specs = commands.filter { byWords[noun]?[$0.secondWord] == $0 && !$0.isHidden }
      let single = byWords[noun]?[""].map(help) ?? ""
      let verbs = specs.filter { !$0.secondWord.isEmpty }
      guard let first = verbs.first else { return single }
      let title = single.isEmpty ? "\(noun): \(nounSummaries[noun] ?? "")\n\n" : "\(single)\nVerbs:\n"
      return title + Self.list(verbs.map { ($0.path, $0.summary) }) + "\nMore: sen help \(first.path)\n"
    }
    guard let (spec, count) = find(words) else { throw unknown(words) }
    if count == words.count { return help(spec) }
    guard count == 1, !verbs(of: noun).isEmpty else {
      throw Refusal(
        .usage, "\(words[count].shown) is one word too many", hint: "Example: sen help \(spec.path)")
    }
    throw unknown(words)
  }

  private func overview() -> String {
    var text = "sen NOUN VERB [arguments] [--flags]\n\n"
    let visible = commands.filter { !$0.isHidden }
    text += Self.list(
      nouns.compactMap { noun in
        guard let spec = visible.first(where: { $0.firstWord == noun }) else { return nil }
        return (noun, nounSummaries[noun] ?? spec.summary)
      })
    text +=
      "\nOptions everywhere:\n"
      + Self.list(globals.filter { !$0.isForSome }.map { ($0.heading, $0.help) })
      + "\nOptions of commands that list or change items:\n"
      + Self.list(globals.filter(\.isForSome).map { ($0.heading, $0.help) })
    return text + "\nMore: sen help NOUN, sen help NOUN VERB\n"
  }

  private func help(_ spec: CommandSpec) -> String {
    var text = "\(spec.usage)\n\n\(spec.summary).\n"
    if !spec.discussion.isEmpty { text += "\n\(spec.discussion)\n" }
    if !spec.aliases.isEmpty { text += "\nAlso: \(spec.aliases.joined(separator: ", "))\n" }
    if !spec.arguments.isEmpty {
      text += "\nArguments:\n" + Self.list(spec.arguments.map { ($0.usage(), $0.explanation) })
    }
    if !spec.flags.isEmpty { text += "\nFlags:\n" + Self.list(spec.flags.map { ($0.heading, $0.help) }) }
    text += "\nAnd: \(shared(by: spec).map { "--\($0.name)" }.joined(separator: ", "))\n"
    if !spec.examples.isEmpty { text += "\nExamples:\n" + spec.examples.map { "  \($0)\n" }.joined() }
    return text
  }

  /// Two columns; a long left side stands on a line of its own.
  private static func list(_ rows: [(String, String)]) -> String {
    let width = min(28, rows.map(\.0.count).max() ?? 0)
    return rows.map { left, right in
      let gap =
        left.count > width
        ? "\n" + String(repeating: " ", count: width + 4)
        : String(repeating: " ", count: width - left.count + 2)
      return right.isEmpty ? "  \(left)\n" : "  \(left)\(gap)\(right)\n"
    }.joined()
  }

  /// The command reference as Markdown, the same for the same commands.
  public func reference() -> String {
    var text = "# Commands\n\nWritten by the program itself: `make docs`.\n\n## Options everywhere\n\n"
    text += Self.markdown(globals.filter { !$0.isForSome }.map { ($0.heading.trimmed, $0.help) })
    text += "\n## Options of commands that list or change items\n\n"
    text += Self.markdown(globals.filter(\.isForSome).map { ($0.heading.trimmed, $0.help) })
    for noun in nouns {
      let specs = commands.filter { $0.firstWord == noun && !$0.isHidden }
      guard !specs.isEmpty else { continue }
      text += "\n## \(noun)\n\n\(nounSummaries[noun] ?? specs[0].summary).\n"
      for spec in specs {
        text += "\n### `\(spec.path)`\n\n\(spec.summary).\n"
        if !spec.discussion.isEmpty { text += "\n\(spec.discussion)\n" }
        text += "\n```\n\(spec.usage)\n\(spec.examples.joined(separator: "\n"))\n```\n"
        let rows =
          spec.arguments.map { ($0.usage(), $0.explanation) }
          + spec.flags.map { ($0.heading.trimmed, $0.help) }
        if !rows.isEmpty { text += "\n" + Self.markdown(rows) }
      }
    }
    return text
  }

  private static func markdown(_ rows: [(String, String)]) -> String {
    rows.map { "- `\($0)`\($1.isEmpty ? "" : ": \($1)")\n" }.joined()
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
