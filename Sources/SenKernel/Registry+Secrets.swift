import ContentModel
public import Grammar

/// Which lines, settings and columns hold secrets.
extension Registry {
  /// The columns of the database that secrets are in.
  var secretColumns: [(table: String, column: String)] {
    let fields = shapes.flatMap { shape in
      shape.fields.filter { $0.has(.secret) }.map { (table: shape.name, column: $0.name) }
    }
    return fields + [
      ("setting", "value"), ("credential", "password"), ("journal", "changes"), ("journalPart", "changes"),
    ]
  }

  /// Whether a command gives a secret, which the history of a console should not keep: `config set weather.apiKey …`,
  /// or a secret field as `field=…` or `--field …`. A command that is misspelt gives it away all the same.
  public func givesSecret(_ line: Line) -> Bool {
    let words = line.words.map(\.text)
    if withoutSecrets(line.words).map(\.text) != words { return true }
    let typed = words.map { $0.lowercased() }
    let settings = secretSettings.map { $0.lowercased() }
    if typed.contains(where: { word in settings.contains { word.hasPrefix($0) } }) { return true }
    return secretArguments.contains { path, before in
      guard let verb = path.last, let index = typed.firstIndex(of: verb.lowercased()) else { return false }
      return words[(index + 1)...].filter { !Self.isOption($0) && $0 != "-" }.count > before
    }
  }

  /// The words of a command with what is secret in them masked, for the journal and the log: a setting's value, a
  /// secret field's, as `field=…`, `--field …` or `--field=…`, and what is typed where a password might be.
  public func withoutSecrets(_ words: [Word]) -> [Word] {
    let secrets = secretFields.union(["password"])
    let flags = Set(secrets.map { "--\(FlagName.of($0))" })
    let words = withoutSecretArguments(words)
    let isConfig = words.contains { $0.text == "config" }
    // Options may stand between a setting's name and its value; everything else after the name may be the value.
    var (masksNext, masksRest, areOptionsOver): (Bool, Bool, Bool) = (false, false, false)
    return words.map { word in
      let isOption = !areOptionsOver && !word.beginsQuoted && Self.isOption(word.text)
      if word.text == "--", !word.beginsQuoted { areOptionsOver = true }
      let isMasked = masksNext || masksRest && !isOption
      masksNext = flags.contains(word.text)
      if isConfig, secretSettings.contains(word.text) { masksRest = true }
      if isMasked { return word.text == "--" ? word : Word(FieldShape.mask) }
      guard let equals = word.text.firstIndex(of: "=") else { return word }
      let name = String(word.text[..<equals])
      let field = name.last.map { "+-".contains($0) } ?? false ? String(name.dropLast()) : name
      let isSecret = flags.contains(name) || secrets.contains(field)
      return isSecret ? Word("\(name)=\(FieldShape.mask)") : word
    }
  }

  /// The words with those masked that stand where a command's secret would: of `user passwd lan SECRET` the last. What
  /// stands behind an option may be its value or not, and is rather masked than not.
  private func withoutSecretArguments(_ words: [Word]) -> [Word] {
    for (path, before) in secretArguments {
      let starts = 0...max(0, words.count - path.count)
      guard let start = starts.first(where: { words[$0...].prefix(path.count).map(\.text) == path }) else {
        continue
      }
      var seen = 0
      return words.enumerated().map { index, word in
        guard index >= start + path.count, word.beginsQuoted || !Self.isOption(word.text) else {
          return word
        }
        seen += 1
        return seen > before && word.text != "-" ? Word(FieldShape.mask) : word
      }
    }
    return words
  }

  /// `--`, `--yes`, `--site=DIR`, `-n`: what has the form of an option, and so cannot be a value before `--`.
  private static func isOption(_ text: String) -> Bool {
    guard text.hasPrefix("--") else { return text.count == 2 && text.hasPrefix("-") }
    return text.dropFirst(2).prefix { $0 != "=" }.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "-" }
  }
}
