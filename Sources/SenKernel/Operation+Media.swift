import ContentModel
import Formats
public import Foundation

/// The files that an operation has brought in.
final class ArrivedFiles {
  var paths: [String] = []

  /// Removes them, but for those that `keeps` says are wanted.
  func remove(unless keeps: (_ name: String) -> Bool = { _ in false }) throws {
    while let path = paths.popLast() {
      let (folder, name) = Self.parts(path)
      if keeps(name) { continue }
      try FileManager.default.removeItem(atPath: path)
      // The folder goes too, unless it holds other files.
      _ = rmdir(folder)
    }
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    return (String(path[..<slash]), String(path[slash...].drop { $0 == "/" }))
  }
}

extension Operation {
  /// Brings a file into the site and names it by its content; a dry run only names it.
  /// - Parameter folder: what the file has to lie in, links followed; `path` is then relative to it.
  /// - Parameter batch: with which the file gets its name; at once if nil.
  func addMedia(_ path: String, in folder: String? = nil, batch: AtomicBatch? = nil) throws -> String {
    try site.addMedia(path, in: folder, keeps: !isDryRun, batch: batch) { [arrivals] in
      arrivals.paths.append($0)
    }
  }

  /// The same for bytes.
  public func addMedia(_ bytes: Data, ending: String) throws -> String {
    try site.addMedia(bytes, ending: ending, keeps: !isDryRun) { arrivals.paths.append($0) }
  }

  /// Removes the files that this operation brought in, it having failed. Nobody else names them yet: whoever would,
  /// waits for this operation's end.
  func removeArrivals() throws { try arrivals.remove() }

  /// The tag of this title, made now; public at once, as it is seen only with what carries it.
  func tag(_ title: String) throws -> Int64 {
    var tag = try blank(Tag.name)
    tag.values[0] = .text(title.trimmingCharacters(in: .whitespaces))
    tag.envelope.state = .published
    // Whoever may write the item may give it a new word, which nobody sees without it.
    return try warrant.asSite { try create(tag).envelope.id }
  }
}
