import Foundation

/// The program `sen` that was built beside the tests, or what `$SEN_PROGRAM` names.
package enum BuiltProgram {
  /// Nil where there is none.
  package static let path: String? = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/sen"
    let path = ProcessInfo.processInfo.environment["SEN_PROGRAM"] ?? beside
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()
}
