import Foundation
import SenTesting
import Testing

/// The real program at work on a site in a folder of its own, in processes that can be killed, starved and put under
/// other users.
final class SenProgram {
  struct Ended {
    var code: Int32
    var output: String
    var errors: String
  }

  let folder: String
  let program: String
  var site: String { "\(folder)/site" }

  init() throws {
    program = try #require(BuiltProgram.path, "build the program first")
    folder = FileManager.default.temporaryDirectory.path + "/sen-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    try expect("init \(site)")
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: folder) } catch {
      FileHandle.standardError.write(Data("\(folder) stays: \(error)\n".utf8))
    }
  }

  /// Of every process: the program, the site, and who works on it.
  var environment: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": folder,
      "XDG_STATE_HOME": "\(folder)/state",
      "SEN": program, "SEN_SITE": site, "SEN_USER": "lan",
    ].merging(ProcessInfo.processInfo.sanitizerOptions) { own, _ in own }
  }

  /// Begins a shell command in the folder; `$SEN` is the program on the site.
  func begin(_ command: String, _ name: String = "out") throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    for ending in ["", ".errors"] { try Data().write(to: URL(filePath: "\(folder)/\(name)\(ending)")) }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "\(folder)/\(name)"))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: "\(folder)/\(name).errors"))
    try process.run()
    return process
  }

  func sh(_ command: String, _ name: String = "out") throws -> Ended {
    let process = try begin(command, name)
    process.waitUntilExit()
    return Ended(
      code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: try text(name), errors: try text("\(name).errors"))
  }

  /// Runs a command of the program that has to succeed, and gives its output.
  @discardableResult
  func expect(_ command: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let ended = try sh("\"$SEN\" \(command)")
    #expect(ended.code == 0, "\(command): \(ended.errors)", sourceLocation: sourceLocation)
    return ended.output
  }

  /// What leaves as an archive and comes into a new site leaves that as the same bytes.
  func expectTheSameArchiveFromItsArchive(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expect("export archive --to one.tar", sourceLocation: sourceLocation)
    try expect("init other", sourceLocation: sourceLocation)
    try expect("--site other import archive one.tar", sourceLocation: sourceLocation)
    try expect("--site other export archive --to two.tar", sourceLocation: sourceLocation)
    #expect(
      FileManager.default.contentsEqual(atPath: "\(folder)/one.tar", andPath: "\(folder)/two.tar"),
      sourceLocation: sourceLocation)
  }

  /// Begins the program itself, so that killing reaches it and nothing between.
  func beginProgram(_ command: String, _ name: String = "killed") throws -> Process {
    try begin("exec \"$SEN\" \(command)", name)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
  }

  /// Ends a process as a power cut would, as far as it is concerned.
  static func kill(_ process: Process, after seconds: Double) {
    Thread.sleep(forTimeInterval: seconds)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
