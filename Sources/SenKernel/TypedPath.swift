import Foundation

/// Paths as people type them.
public enum TypedPath {
  /// The whole path, from the folder that the program runs in, without `.` and `..`. `URL(filePath:)` alone does not begin
  /// there.
  public static func whole(_ typed: String) -> String {
    let current = FileManager.default.currentDirectoryPath
    return URL(filePath: typed.hasPrefix("/") ? typed : "\(current)/\(typed)").standardized.path
  }
}
