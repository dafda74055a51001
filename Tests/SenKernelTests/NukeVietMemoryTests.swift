import Foundation
import SenTesting
import Testing

/// Memory of the whole program while a dump comes to it through a pipe.
@Suite struct NukeVietMemoryTests {
  /// What a sanitizer keeps for each piece of memory is not the program's own.
  static let isMeasurable = BuiltProgram.path != nil && ProcessInfo.processInfo.sanitizerOptions.isEmpty

  @Test(.enabled(if: isMeasurable, "the program has not been built, or with a sanitizer"))
  func aDumpFiftyTimesAsLongTakesNoMoreMemory() throws {
    let (short, long) = (try peak(texts: 30), try peak(texts: 1500))
    #expect(short > 1000 && long < short + 12_000)
  }

  /// The peak in KiB after so many texts of 40 kB; the dump then ends, without the articles they belong to.
  private func peak(texts: Int) throws -> Int {
    signal(SIGPIPE, SIG_IGN)
    let folder = FileManager.default.temporaryDirectory.path + "/sen-memory-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let site = try start(["init", folder])
    site.process.waitUntilExit()

    let (process, input, errors) = try start(["--site", folder, "import", "nukeviet", "-"])
    let text = String(repeating: "<p class=\\\"x\\\">Nông thôn mới</p>", count: 1200)
    try input.write(contentsOf: Data("CREATE TABLE nv4_vi_news_detail (id int, bodyhtml text);\n".utf8))
    for key in 1...texts {
      try input.write(
        contentsOf: Data("INSERT INTO nv4_vi_news_detail VALUES (\(key),'\(text)');\n".utf8))
    }
    // VmHWM is the most that was resident: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let peak = line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
    try input.close()
    let message = String(decoding: errors.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 4)
    #expect(message.contains("standard input lacks nv4_vi_news_rows"))
    return try #require(peak)
  }

  private func start(_ arguments: [String]) throws -> (
    process: Process, input: FileHandle, errors: FileHandle
  ) {
    let (process, input, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: try #require(BuiltProgram.path))
    process.arguments = arguments
    (process.standardInput, process.standardError) = (input, errors)
    try process.run()
    return (process, input.fileHandleForWriting, errors.fileHandleForReading)
  }
}
