import ContentModel
import Foundation

extension Operation {
  /// Brings a file into the site and names it by its content; a dry run only names it.
  func addMedia(_ path: String) throws -> String {
    try site.addMedia(path, keeps: !isDryRun)
  }

  /// The tag of this title, made now.
  func tag(_ title: String) throws -> Int64 {
    var tag = try blank(Tag.name)
    tag.values[0] = .text(title.trimmingCharacters(in: .whitespaces))
    return try create(tag).envelope.id
  }
}
