/// The files of the theme that are sent as they are.
extension PageMaker {
  /// The path of a file of the theme, which changes with the file.
  func path(ofFile name: String) -> String { theme.paths[name] ?? "" }

  /// The files of the theme by their paths.
  public var themeFiles: [(path: String, bytes: [UInt8])] {
    theme.files.keys.sorted().map { (path(ofFile: $0), theme.files[$0]?.bytes ?? []) }
  }

  /// The bytes of a file of the theme by the name in its path.
  public func themeFile(_ stamped: String) -> [UInt8]? {
    theme.files.first { path(ofFile: $0.key) == "/site/theme/\(stamped)" }?.value.bytes
  }
}
