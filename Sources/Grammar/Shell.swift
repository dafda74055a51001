/// The shells that can complete `sen`.
public enum Shell: String, Sendable, CaseIterable {
  case bash, zsh, fish
}
