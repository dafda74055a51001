import ContentModel
public import Grammar

/// Which lines and settings hold secrets.
extension Registry {
  /// Whether a command gives a secret, which the history of a console should not keep: `config set weather.apiKey …`,
  /// or a secret field as `field=…` or `--field …`.
  public func givesSecret(_ line: Line) -> Bool {
    let words = line.words.map(\.text)
    if words.contains("config"), !secretSettings.isDisjoint(with: words) { return true }
    return withoutSecrets(line.words).map(\.text) != words
  }

  /// The words of a command with what is secret in them masked, for the journal and the log: a setting's value, a
  /// secret field's, as `field=…`, `--field …` or `--field=…`.
  public func withoutSecrets(_ words: [Word]) -> [Word] {
    let secrets = secretFields.union(["password"])
    let flags = Set(secrets.map { "--\(FlagName.of($0))" })
    let isConfig = words.contains { $0.text == "config" }
    var masksNext = false
    return words.map { word in
      let isMasked = masksNext
      masksNext = flags.contains(word.text) || isConfig && secretSettings.contains(word.text)
      if isMasked { return Word(FieldShape.mask) }
      guard let equals = word.text.firstIndex(of: "=") else { return word }
      let name = String(word.text[..<equals])
      let field = name.last.map { "+-".contains($0) } ?? false ? String(name.dropLast()) : name
      let isSecret = flags.contains(name) || secrets.contains(field)
      return isSecret ? Word("\(name)=\(FieldShape.mask)") : word
    }
  }
}
