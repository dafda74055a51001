extension String {
  /// The text in backticks for a message: one line, no control characters, 60 characters at most.
  var shown: String { "`\(shownPlain)`" }

  /// The same without backticks. Control and direction marks would act on the terminal.
  var shownPlain: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    let line = String(scalars)
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}
