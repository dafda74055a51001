import ContentModel
public import Grammar

/// Which lines and settings hold secrets.
extension Registry {
  /// The names of secret settings, such as `weather.apiKey`.
  var secretSettings: Set<String> {
    Set(
      settings.flatMap { shape in
        shape.fields.filter { $0.has(.secret) }.map { "\(shape.name).\($0.name)" }
      })
  }

  /// Whether a command gives a secret, which the history of a console should not keep: `config set weather.apiKey …`,
  /// or a secret field as `field=…` or `--field …`.
  public func givesSecret(_ line: Line) -> Bool {
    let words = line.words.map(\.text)
    if words.contains("config"), !secretSettings.isDisjoint(with: words) { return true }
    let secrets = shapes.flatMap(\.fields).filter { $0.has(.secret) }.map(\.name)
    return secrets.contains { name in
      words.contains { word in
        let isFlag = word == "--\(FlagName.of(name))" || word.hasPrefix("--\(FlagName.of(name))=")
        return isFlag || word.hasPrefix("\(name)=")
      }
    }
  }
}
