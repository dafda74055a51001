import ContentModel
import Foundation
import Testing

@testable import Formats

struct AtomicTests {
  @Test func aFileAppearsWhole() throws {
    let folder = try TestFolder()
    let path = try folder.write("old".utf8, "f")
    let file = try AtomicFile(path: path)
    try file.write(Array(repeating: 0x61, count: 300_000))
    #expect(try folder.bytes("f") == Array("old".utf8))
    try file.finish()
    #expect(try folder.bytes("f").count == 300_000)
    #expect(try folder.names() == ["f"])
    #expect(throws: FileFailure.self) { try file.write([1]) }
    #expect(throws: FileFailure.self) { try file.finish() }
  }

  @Test func aFileThatIsGivenUpLeavesNothing() throws {
    let folder = try TestFolder()
    let path = try folder.write("old".utf8, "f")
    try AtomicFile(path: path).write([1, 2])
    let cancelled = try AtomicFile(path: path)
    cancelled.cancel()
    #expect(try folder.names() == ["f"])
    #expect(try folder.bytes("f") == Array("old".utf8))
  }

  @Test func foldersAndDevicesAreNoFiles() throws {
    let folder = try TestFolder()
    #expect(try refusal { _ = try AtomicFile(path: folder.path) }?.code == .conflict)
    #expect(try refusal { _ = try AtomicFile(path: "/dev/null") }?.code == .conflict)
    let failure = #expect(throws: FileFailure.self) { try AtomicFile(path: "\(folder.path)/none/f") }
    #expect(failure?.description == "Cannot write \(folder.path)/none/f: No such file or directory")
  }

  @Test func aFullDiskIsAFailureWithItsPath() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let failure = #expect(throws: FileFailure.self) {
      try DescriptorSink(descriptor: full, name: "out.tar").write([1])
    }
    #expect(failure?.description == "Cannot write out.tar: No space left on device")
  }

  @Test func aFolderAppearsWholeAndReplacesOnlyWhatItMay() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/site"
    func build(_ name: String, _ mayReplace: @escaping (String) -> Refusal?) throws {
      let new = try AtomicFolder(path: path, mayReplace: mayReplace)
      try Data([1]).write(to: URL(filePath: "\(new.building)/\(name)"))
      try new.finish()
    }
    try build("a") { _ in nil }
    try build("b") { _ in nil }
    #expect(try folder.names("site") == ["b"])
    #expect(try refusal { try build("c") { _ in Refusal(.conflict, "mine") } }?.message == "mine")
    _ = try AtomicFolder(path: path) { _ in nil }
    #expect(try folder.names("site") == ["b"])
    #expect(try folder.names() == ["site"])
    let file = try folder.write([1], "file")
    #expect(try refusal { _ = try AtomicFolder(path: file) { _ in nil } }?.code == .conflict)
  }

  @Test func aReplacedFolderKeepsItsPermissions() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/site"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try #require(chmod(path, 0o700) == 0)
    try AtomicFolder(path: path) { _ in nil }.finish()
    var status = stat()
    try #require(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  @Test func aPipeThatDoesNotBlockIsWaitedFor() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { try #require(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
    let (input, output) = (ends[0], ends[1])
    // More than a pipe holds, so that both sides have to wait.
    let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let writing = Thread {
      let sink = DescriptorSink(descriptor: output, name: "pipe")
      do { try sink.write(bytes) } catch { Issue.record(error) }
      close(output)
    }
    writing.start()
    let source = ByteSource(descriptor: input, name: "pipe", closing: true)
    var found: [UInt8] = []
    while try source.append(to: &found) > 0 {}
    #expect(found == bytes)
  }

  @Test func aFolderThatFillsMeanwhileIsNotReplaced() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/site"
    let new = try AtomicFolder(path: path) { _ in Refusal(.conflict, "not empty") }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    _ = try folder.write([1], "site/mine")
    #expect(try refusal { try new.finish() }?.message == "not empty")
    try new.cancel()
    #expect(try folder.names() == ["site"])
  }

  @Test func whatAProcessThatWasKilledLeftIsRemovedByTheNext() throws {
    let folder = try TestFolder()
    // No process has this number; Linux gives at most 4,194,304.
    for name in [
      ".f.tmp-9999999-1", "..f.tmp-9999999-1.tmp-9999999-2", ".f.tmp-\(getpid())-3", ".g.tmp-9999999-1",
    ] {
      _ = try folder.write("x".utf8, name)
    }
    TemporaryName.sweep(beside: "\(folder.path)/f")
    #expect(try folder.names().count == 4)
    TemporaryName.sweep(beside: "\(folder.path)/f", age: 0)
    #expect(try folder.names() == [".f.tmp-\(getpid())-3", ".g.tmp-9999999-1"])
  }
}

/// Files that get their names together.
struct AtomicBatchTests {
  @Test func filesAppearTogetherOrNotAtAll() throws {
    let folder = try TestFolder()
    var arrived: [String] = []
    func fill(_ batch: AtomicBatch) throws {
      for name in ["a", "b"] {
        let file = try batch.begin(path: "\(folder.path)/\(name)")
        try file.write(Array(name.utf8))
        try batch.add(file) { arrived.append($0) }
      }
    }
    do {
      let batch = AtomicBatch()
      try fill(batch)
      #expect(try folder.names().allSatisfy { $0.contains(".tmp-") })
    }
    #expect(try folder.names().isEmpty && arrived.isEmpty)
    let batch = AtomicBatch()
    try fill(batch)
    try batch.finish()
    #expect(try folder.names() == ["a", "b"])
    #expect(arrived == ["\(folder.path)/a", "\(folder.path)/b"])
    #expect(try folder.bytes("b") == Array("b".utf8))
  }
}
