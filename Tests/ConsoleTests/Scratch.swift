import Foundation

/// A folder that is gone after the test.
final class ScratchFolder {
  let path: String

  init() throws {
    var template = Array("\(NSTemporaryDirectory())/sen-console-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    path = String(cString: made)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      FileHandle.standardError.write(Data("\(path) stays: \(error)\n".utf8))
    }
  }

  /// A file of the folder, made with these contents.
  @discardableResult
  func file(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
    let file = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }

  /// A script, as the command that runs it. The shell reads it, for a file just written may be busy:
  /// whatever another test starts at the time holds it open for a moment.
  func script(_ name: String, _ body: String) throws -> String {
    "/bin/sh '\(try file(name, body + "\n"))'"
  }
}

/// What stands in a file.
func contents(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

/// The permissions of a file or folder.
func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
}
