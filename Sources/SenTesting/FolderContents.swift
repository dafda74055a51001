public import Foundation

/// What lies in a folder: what two trees, or one at two moments, are compared by.
public enum FolderContents {
  /// The bytes of every file below a folder, by its path there.
  /// - Parameter prefix: files whose paths begin so are left out.
  public static func read(_ folder: String, except prefix: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where !path.hasPrefix(prefix) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[path] = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
    }
    return files
  }
}
