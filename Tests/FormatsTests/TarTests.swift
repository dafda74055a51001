import ContentModel
import Foundation
import Testing

@testable import Formats

struct TarTests {
  private static let long = String(repeating: "đường-đường/", count: 14) + "tệp.txt"
  private static let wide = String(repeating: "x", count: 200) + "/" + String(repeating: "y", count: 120)
  private static let files: [(String, [UInt8])] = [
    ("sen.json", Array("{}".utf8)), ("content/empty", []), (long, [UInt8](repeating: 7, count: 512)),
    // Exactly what the two fields of ustar hold, and what tar's own folders before it fit as well.
    (["p", "q", "n"].map { String(repeating: $0, count: $0 == "n" ? 100 : 70) }.joined(separator: "/"), [1]),
    (wide, [UInt8](repeating: 8, count: 513)), ("a b/'\"$", [9]),
  ]

  private func archive(_ files: [(String, [UInt8])] = files) throws -> [UInt8] {
    let sink = MemorySink()
    var tar = TarWriter(sink)
    for (path, bytes) in files {
      try tar.begin(path, size: bytes.count)
      try tar.append(Array(bytes.prefix(3)))
      try tar.append(Array(bytes.dropFirst(3)))
      try tar.end()
    }
    try tar.finish()
    return sink.bytes
  }

  private func contents(_ bytes: [UInt8]) throws -> [(String, [UInt8])] {
    var tar = TarReader(ByteSource(bytes: bytes, name: "t"))
    var files: [(String, [UInt8])] = []
    while let entry = try tar.next() {
      var content: [UInt8] = []
      while true {
        let bytes = try tar.read(maximum: 100)
        if bytes.isEmpty { break }
        content += bytes
      }
      #expect(content.count == entry.size)
      files.append((entry.path, content))
    }
    return files
  }

  private func message(_ bytes: [UInt8]) throws -> String? {
    try refusal { _ = try contents(bytes) }?.message
  }

  private func run(_ arguments: String..., in folder: TestFolder) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/tar")
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func whatIsWrittenIsReadAndAlwaysTheSame() throws {
    let bytes = try archive()
    #expect(try archive() == bytes)
    #expect(bytes.count % 512 == 0)
    let back = try contents(bytes)
    #expect(back.map(\.0) == Self.files.map(\.0))
    #expect(back.map(\.1) == Self.files.map(\.1))
    // Passing over files gives the same list.
    var tar = TarReader(ByteSource(bytes: bytes))
    var paths: [String] = []
    while let entry = try tar.next() { paths.append(entry.path) }
    #expect(paths == Self.files.map(\.0))
  }

  @Test func tarOfTheSystemReadsIt() throws {
    let folder = try TestFolder()
    _ = try folder.write(try archive(), "t.tar")
    try run("xf", "t.tar", in: folder)
    for (path, bytes) in Self.files { #expect(try folder.bytes(path) == bytes) }
  }

  @Test(arguments: ["gnu", "ustar", "pax", "posix"]) func tarOfTheSystemIsRead(format: String) throws {
    let folder = try TestFolder()
    let files = format == "ustar" ? Self.files.filter { $0.0 != Self.long && $0.0 != Self.wide } : Self.files
    for (path, bytes) in files {
      try Folder.make(Folder.parent(of: "\(folder.path)/in/\(path)"))
      _ = try folder.write(bytes, "in/\(path)")
    }
    try run("cf", "t.tar", "--format=\(format)", "-C", "in", ".", in: folder)
    let back = try contents(try folder.bytes("t.tar"))
    #expect(
      Dictionary(back, uniquingKeysWith: { one, _ in one })
        == Dictionary(files, uniquingKeysWith: { one, _ in one }))
  }

  @Test func linksAndDevicesAreRefused() throws {
    let folder = try TestFolder()
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/l", withDestinationPath: "/etc/passwd")
    try run("cf", "t.tar", "l", in: folder)
    #expect(
      try message(try folder.bytes("t.tar"))
        == "t: \"l\" in the archive is a link, a device or of an unknown kind, not a plain file")
  }

  @Test(arguments: [
    "../x", "a/../x", "/etc/x", "a//x", "a/./x", "..", "a/", "", "a\nb", "a\u{1B}[2J",
    String(repeating: "a", count: 256),
    ".", "./../x", ".//x",
  ])
  func pathsThatLeadOutAreRefused(path: String) throws {
    #expect(throws: Refusal.self) {
      var tar = TarWriter(MemorySink())
      try tar.begin(path, size: 0)
    }
    guard path.utf8.count < 100 else { return }
    let bytes = TarHeader.blocks(path: path, size: 0) + [UInt8](repeating: 0, count: 1024)
    #expect(try refusal { _ = try contents(bytes) } != nil)
  }

  @Test func doublesAreRefused() throws {
    let end = [UInt8](repeating: 0, count: 1024)
    func entry(_ path: String) -> [UInt8] { TarHeader.blocks(path: path, size: 0) }
    #expect(try message(entry("a") + entry("a") + end) == "t: the archive holds a twice")
    #expect(
      try message(entry("a/b") + entry("a") + end) == "t: the archive holds a both as a file and as a folder")
    #expect(
      try message(entry("a") + entry("a/b/c") + end)
        == "t: the archive holds a both as a file and as a folder")
    #expect(try message(entry("a") + entry("./a") + end) == "t: the archive holds a twice")
  }

  @Test func everyTruncationIsRefused() throws {
    // A short archive at every byte, then one with every kind of header where blocks begin and end.
    let short = try archive([("sen.json", [0x7B, 0x7D]), (Self.wide, [1])])
    for end in short.indices {
      #expect(try message(Array(short[..<end]))?.contains("ends") == true, "at \(end)")
    }
    let bytes = try archive()
    for block in stride(from: 0, to: bytes.count, by: 512) {
      for end in [block, block + 1, block + 300, block + 511] {
        #expect(try message(Array(bytes[..<end]))?.contains("ends") == true, "at \(end)")
      }
    }
    #expect(try message(Array(bytes[..<513])) == "t: the archive ends inside sen.json")
    #expect(try message(bytes + [0, 0]) == nil)
    #expect(try message(bytes + [1]) == "t: something follows the end of the archive")
  }

  @Test func zerosWithoutEndAreRefused() throws {
    let refused = try refusal {
      var tar = try TarReader(ByteSource(path: "/dev/zero"))
      while try tar.next() != nil {}
    }
    #expect(refused?.message == "/dev/zero: something follows the end of the archive")
  }

  @Test func everyChangedByteOfAHeaderIsReadOrRefused() throws {
    let bytes = try archive([("content/a", [1, 2, 3])])
    for index in 0..<512 {
      for byte in [0, 1, 0x2F, 0x30, 0x37, 0x4C, 0x78, 0x80, 0xFF] as [UInt8] where byte != bytes[index] {
        var changed = bytes
        changed[index] = byte
        // The checksum field itself may be written in other ways that mean the same.
        #expect(try refusal { _ = try contents(changed) } != nil || (148..<156).contains(index))
      }
    }
    #expect(try message(Array(repeating: 0x41, count: 2048)) != nil)
  }

  @Test func sizesBeyondEightGigabytesHaveARecord() throws {
    let size = 20_000_000_000
    let bytes = TarHeader.blocks(path: "big", size: size)
    var tar = TarReader(ByteSource(bytes: bytes))
    #expect(try tar.next() == TarReader.Entry(path: "big", size: size))
    #expect(try refusal { _ = try tar.read() }?.message == "memory: the archive ends inside big")
    #expect(String(decoding: bytes, as: UTF8.self).contains("20 size=20000000000\n"))
    #expect(TarHeader.blocks(path: "a", size: TarHeader.octalLimit).count == 512)
  }

  @Test func theSizeMustBeTheAnnouncedOne() throws {
    var tar = TarWriter(MemorySink())
    try tar.begin("a", size: 2)
    #expect(throws: TarWriter.SizeMismatch.self) { try tar.append([1, 2, 3]) }
    try tar.append([1])
    #expect(throws: TarWriter.SizeMismatch.self) { try tar.end() }
    #expect(throws: TarWriter.SizeMismatch.self) { try tar.begin("b", size: 0) }
    #expect(throws: TarWriter.SizeMismatch.self) { try tar.finish() }
  }
}
