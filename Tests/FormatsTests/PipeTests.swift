import Foundation
import Testing

@testable import Formats

/// Pipes that are read to their end before anything waits for them.
struct PipeTests {
  private func pipe(_ command: String) throws -> (Process, ByteSource) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let descriptor = dup(pipe.fileHandleForReading.fileDescriptor)
    return (process, ByteSource(descriptor: descriptor, name: "pipe", closing: true))
  }

  @Test func aPipeIsReadWhole() throws {
    let (_, source) = try pipe("printf 'một '; sleep 0.5; printf 'hai'")
    var times = 0
    let rest = try source.atRest { times += 1 }
    #expect(times > 1 && rest.name == "pipe" && rest.size == "một hai".utf8.count)
    #expect(try String(decoding: rest.read(), as: UTF8.self) == "một hai")
    #expect(try rest.read().isEmpty)
    try rest.rewind()
    #expect(try String(decoding: rest.read(maximum: 5), as: UTF8.self) == "một")
  }

  @Test func whatIsAtRestStaysWhatItIs() throws {
    for source in [
      ByteSource(bytes: [1, 2]), try ByteSource(path: #filePath), try ByteSource(path: "/dev/zero"),
    ] {
      #expect(try source.atRest() === source)
    }
  }

  @Test func aPipeWithoutEndLeavesRoomForOthers() throws {
    let (endless, source) = try pipe("exec yes")
    defer { endless.terminate() }
    let failure = #expect(throws: FileFailure.self) { try source.atRest(leaving: .max) }
    #expect(failure?.code == ENOSPC)
    // A little is taken in however full the disk is.
    #expect(try pipe("printf x").1.atRest(leaving: .max).size == 1)
  }

  @Test func whoeverStopsNeedNotWaitForThePipe() throws {
    let (slow, source) = try pipe("exec sleep 60")
    defer { slow.terminate() }
    #expect(throws: CancellationError.self) { try source.atRest { throw CancellationError() } }
  }
}
