import Formats
import Foundation
public import SenKernel

/// `theme export`: what Sen's own theme is made of, to start from.
public enum ThemeCommands {
  public static let export = Command(
    CommandSpec(
      noun: "theme", verb: "export", summary: "Writes the files of Sen's theme, to change them",
      discussion: """
        Without a folder they go into theme/ of the site, where each of them takes the place of Sen's own. Keep those \
        that you change and delete the rest: Sen's own are mended with it. Files that are there are left as they are.
        """,
      arguments: [
        ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path, arity: .optional)
      ], examples: ["sen theme export", "sen theme export /tmp/theme"])
  ) { context in
    let folder = try context.invocation.value("dir") ?? "\(context.site.folder)/theme"
    let files = FileManager.default
    let missing = DefaultTheme.everything.filter { !files.fileExists(atPath: "\(folder)/\($0.name)") }
    let kept = DefaultTheme.everything.count - missing.count
    let left =
      kept == 0 ? "" : "; left \(Counted.text(kept, "file")) that \(kept == 1 ? "was" : "were") there"
    guard !context.isDryRun else {
      return context.output.note("Dry run: would have written \(Counted.text(missing.count, "file"))\(left)")
    }
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, bytes) in missing {
      let file = try AtomicFile(path: "\(folder)/\(name)")
      try bytes.withUnsafeBytes { bytes in try file.write(bytes) }
      try file.finish()
    }
    context.output.note("Wrote \(Counted.text(missing.count, "file")) to \(folder)\(left)")
  }
}
