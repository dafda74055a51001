import ContentModel
import Formats
import Foundation

extension Site {
  /// Where the file of a media name lies.
  public func mediaPath(_ name: String) -> String { "\(mediaFolder)/\(name.prefix(2))/\(name)" }

  /// Copies a file into the site under the hash of its content.
  /// - Returns: its media name. The same content is kept once.
  public func addMedia(_ path: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Refusal(.notFound, "There is no file \(path)")
    }
    let digest = try FileDigest.sha256(path)
    let suffix = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map {
      $0.lowercased()
    }
    let name = "\(digest.hex).\(suffix ?? "bin")"
    guard MediaName.isName(name) else {
      throw Refusal(
        .invalid, "\(path) has an ending that no media file has", hint: "Such as .jpg, .png or .pdf.")
    }
    let target = mediaPath(name)
    guard !FileManager.default.fileExists(atPath: target) else { return name }
    try FileManager.default.createDirectory(
      atPath: "\(mediaFolder)/\(name.prefix(2))", withIntermediateDirectories: true)
    let file = try AtomicFile(path: target)
    try ByteSource(path: path).forEachChunk { try file.write($0) }
    try file.finish()
    return name
  }
}
