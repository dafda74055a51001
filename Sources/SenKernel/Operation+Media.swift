import ContentModel
public import Foundation

/// The files that an operation has brought in.
final class ArrivedFiles {
  var paths: [String] = []
}

extension Operation {
  /// Brings a file into the site and names it by its content; a dry run only names it.
  func addMedia(_ path: String) throws -> String {
    try site.addMedia(path, keeps: !isDryRun) { arrivals.paths.append($0) }
  }

  /// The same for bytes.
  public func addMedia(_ bytes: Data, ending: String) throws -> String {
    try site.addMedia(bytes, ending: ending, keeps: !isDryRun) { arrivals.paths.append($0) }
  }

  /// Removes the files that this operation brought in, it having failed. Nobody else names them yet: whoever would,
  /// waits for this operation's end.
  func removeArrivals() throws {
    for path in arrivals.paths {
      try FileManager.default.removeItem(atPath: path)
      // The folder goes too, unless it holds other files.
      _ = rmdir(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    }
  }

  /// The tag of this title, made now; public at once, as it is seen only with what carries it.
  func tag(_ title: String) throws -> Int64 {
    var tag = try blank(Tag.name)
    tag.values[0] = .text(title.trimmingCharacters(in: .whitespaces))
    tag.envelope.state = .published
    return try create(tag).envelope.id
  }
}
