import ContentModel
import Foundation
import Testing

@testable import Formats

/// What is left by processes that were killed, and what messages call what is half made.
struct LeftoverTests {
  /// A process that is gone.
  private func gone() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test(arguments: ["new", "new.tar"]) func anExportRemovesWhatOthersLeftLongAgo(target: String) throws {
    let folder = try TestFolder()
    let (dead, alive) = (try gone(), getpid())
    let old = Date(timeIntervalSinceNow: -100_000)
    func leave(_ name: String, isFolder: Bool, at date: Date) throws {
      let path = "\(folder.path)/\(name)"
      if isFolder {
        try FileManager.default.createDirectory(atPath: "\(path)/content", withIntermediateDirectories: true)
      } else {
        try Data("x".utf8).write(to: URL(filePath: path))
      }
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }
    try leave(".monday.tar.tmp-\(dead)-8f3a", isFolder: false, at: old)
    try leave("..monday.tar.tmp-\(dead)-8f3a.tmp-\(dead)-77c0", isFolder: true, at: old)
    try leave(".monday.tmp-\(dead)-8f3b", isFolder: true, at: old)
    let kept = [
      ".monday.tar.tmp-\(alive)-8f3a", ".monday.tar.tmp-\(dead)-8f3c", ".monday.tmp-\(dead)-notes.txt",
      "monday.tar.tmp-\(dead)-8f3a",
    ]
    for name in kept { try leave(name, isFolder: false, at: name == kept[1] ? Date() : old) }
    try ArchiveWriter(path: "\(folder.path)/\(target)").finish(["format": .text("sen")])
    #expect(try folder.names() == (kept + [target]).sorted())
  }

  @Test(arguments: ["site", "site.tar"]) func messagesNameTheArchiveAndNotWhereItIsBuilt(name: String) throws
  {
    let folder = try TestFolder()
    let path = "\(folder.path)/\(name)"
    let writer = try ArchiveWriter(path: path)
    try writer.begin("content/article.ndjson")
    try writer.append([0x7B, 0xFF, 0x0A])
    try writer.end()
    try writer.finish(["format": .text("sen")])
    let reader = try ArchiveReader(path: path, scratch: folder.path)
    let broken = try refusal {
      var lines = LineSource(try reader.open("content/article.ndjson"))
      _ = try lines.next()
    }
    #expect(broken?.message.hasPrefix("\(path): content/article.ndjson, line 1") == true)

    // No other file can be in the place of a folder that is wanted.
    let half = try ArchiveWriter(path: "\(folder.path)/half-\(name)")
    try half.begin("content")
    try half.append([0x0A])
    try half.end()
    let failure = #expect(throws: (any Error).self) { try half.begin("content/article.ndjson") }
    #expect(!"\(failure as Any)".contains(".tmp-"))
  }

  @Test func aFileOfSomebodyElseIsAPlainOneInItsFolder() throws {
    let folder = try TestFolder()
    _ = try folder.write(Array("lúa".utf8), "outside.jpg")
    let inner = "\(folder.path)/in"
    try FileManager.default.createDirectory(atPath: "\(inner)/deep", withIntermediateDirectories: true)
    _ = try folder.write(Array("lúa".utf8), "in/lua.jpg")
    for (link, target) in [
      ("out.jpg", "../outside.jpg"), ("etc.jpg", "/etc/passwd"), ("up", ".."), ("own.jpg", "lua.jpg"),
      ("deep/own.jpg", "../lua.jpg"), ("self.jpg", "self.jpg"),
    ] {
      try FileManager.default.createSymbolicLink(atPath: "\(inner)/\(link)", withDestinationPath: target)
    }
    #expect(mkfifo("\(inner)/pipe.jpg", 0o600) == 0)
    for name in ["lua.jpg", "own.jpg", "deep/own.jpg", "/lua.jpg"] {
      #expect(try ByteSource(plainFile: name, in: inner).size == 4)
    }
    for name in ["out.jpg", "etc.jpg", "up/outside.jpg", "self.jpg", "../outside.jpg"] {
      let found = try refusal { _ = try ByteSource(plainFile: name, in: inner) }
      #expect(found?.message == "The file \(name) lies outside \(inner)")
    }
    #expect(try refusal { _ = try ByteSource(plainFile: "none.jpg", in: inner) }?.code == .notFound)
    let pipe = "\(inner)/pipe.jpg is a device or pipe, not a file"
    #expect(try refusal { _ = try ByteSource(plainFile: "pipe.jpg", in: inner) }?.message == pipe)
    #expect(try refusal { _ = try ByteSource(plainFile: "\(inner)/pipe.jpg") }?.message == pipe)
    #expect(try refusal { _ = try ByteSource(plainFile: "/dev/zero") }?.code == .invalid)
    #expect(
      try refusal { _ = try ByteSource(plainFile: inner) }?.message == "\(inner) is a folder, not a file")
  }
}
