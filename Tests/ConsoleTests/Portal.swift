import Foundation
import SenTesting
import Testing

/// A site with two categories (1, 2) and three articles (3, 4, 5), and the real program to work on it through each of its doors.
final class Portal {
  let folder: ScratchFolder
  var site: String { "\(folder.path)/site" }
  var state: String { "\(folder.path)/state" }
  /// The history files of the console.
  var histories: [String] {
    get throws {
      let folder = "\(state)/sen/history"
      return try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
    }
  }
  private let program: String

  init() throws {
    program = try #require(BuiltProgram.path)
    folder = try ScratchFolder()
    try folder.file(
      "beginnings",
      """
      category create 'Nông nghiệp'
      category create 'Nông thôn mới'
      article create 'Hạ Long mùa hạ' --category nong-nghiep --state published --publish-at 2026-01-18T09:00:00Z
      article create 'Hả hê được mùa'
      article create 'Hội nghị tổng kết' --summary 'Một bài'
      """)
    let made = try sh("\"$SEN\" init site && \"$SEN\" --site site run beginnings", in: folder.path)
    guard made.code == 0 else { throw Unmade(errors: made.errors) }
  }

  struct Unmade: Error {
    let errors: String
  }

  /// The environment of a person with nothing set up, and no locale.
  func environment(_ more: [String: String] = [:]) -> [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "XDG_STATE_HOME": state, "TERM": "xterm",
      "SEN_USER": "lan", "INPUTRC": "/dev/null", "SEN": program,
    ].merging(ProcessInfo.processInfo.sanitizerOptions) { own, _ in own }.merging(more) { $1 }
  }

  /// The console in the site's folder, once its prompt is there.
  func console(_ more: [String: String] = [:], rows: Int = 24, columns: Int = 80) throws -> Terminal {
    let terminal = try Terminal(
      [program], environment: environment(more), folder: site, rows: rows, columns: columns)
    try terminal.line("site>")
    return terminal
  }

  /// A command in a shell; the program is `$SEN`.
  @discardableResult
  func sh(
    _ command: String, in folder: String? = nil
  ) throws -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = environment()
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? site)
    let output = "\(self.folder.path)/output"
    let errors = "\(self.folder.path)/errors"
    for path in [output, errors] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try contents(output), try contents(errors))
  }
}
