import ContentModel
import Foundation
import Testing

@testable import Formats

struct ArchiveTests {
  private static let picture: [UInt8] = Array("\u{89}PNG picture".utf8)

  /// Writes a small archive with two files of content and a medium.
  private func write(_ writer: ArchiveWriter, in folder: TestFolder) throws {
    let sum = try SHA256.hex(Self.picture)
    let medium = try folder.write(Self.picture, "medium")
    try writer.begin("content/article.ndjson")
    try writer.append(Array("{\"title\":\"Xin chào\"}\n".utf8))
    try writer.append([UInt8](repeating: 0x20, count: 200_000))
    try writer.end()
    try writer.begin("content/empty.ndjson")
    try writer.end()
    try writer.add(
      ArchiveFile(path: "media/\(sum.prefix(2))/\(sum)", size: Self.picture.count, sha256: sum), from: medium)
    try writer.finish(["format": .integer(1), "site": .map(["title": .text("Sở")])])
  }

  private func made(_ name: String, in folder: TestFolder) throws -> String {
    let path = "\(folder.path)/\(name)"
    try write(ArchiveWriter(path: path), in: folder)
    return path
  }

  private func content(_ reader: ArchiveReader) throws -> [String] {
    try reader.files.map { file in
      let source = try reader.open(file.path)
      var bytes: [UInt8] = []
      while try source.append(to: &bytes) > 0 {}
      #expect(bytes.count == file.size)
      #expect(try SHA256.hex(bytes) == file.sha256)
      return file.path
    }
  }

  @Test(arguments: ["site", "site.tar"]) func whatIsWrittenIsReadInItsOrder(name: String) throws {
    let folder = try TestFolder()
    let path = try made(name, in: folder)
    #expect(try folder.names() == ["medium", name])
    let reader = try ArchiveReader(path: path, scratch: folder.path)
    #expect(reader.manifest == ["format": .integer(1), "site": .map(["title": .text("Sở")])])
    let paths = try content(reader)
    #expect(paths.prefix(2) == ["content/article.ndjson", "content/empty.ndjson"])
    #expect(paths.count == 3 && paths[2].hasPrefix("media/"))
    #expect(try refusal { _ = try reader.open("sen.json") }?.code == .notFound)
    #expect(try refusal { _ = try reader.open("../medium") }?.code == .notFound)
  }

  @Test func theTemporaryFolderOfATarGoesWithTheReader() throws {
    let folder = try TestFolder()
    let path = try made("site.tar", in: folder)
    do {
      let reader = try ArchiveReader(path: path, scratch: folder.path)
      #expect(try folder.names().count == 3)
      _ = try content(reader)
    }
    #expect(try folder.names() == ["medium", "site.tar"])
  }

  @Test func theSameContentGivesTheSameBytesInEveryForm() throws {
    let (one, two) = (try TestFolder(), try TestFolder())
    _ = try made("site.tar", in: one)
    _ = try made("site.tar", in: two)
    #expect(try one.bytes("site.tar") == two.bytes("site.tar"))
    let sink = MemorySink()
    try write(ArchiveWriter(tarTo: sink, scratch: two.path), in: two)
    #expect(try sink.bytes == one.bytes("site.tar"))
    _ = try made("site", in: two)
    var tar = TarReader(ByteSource(bytes: sink.bytes))
    var first = true
    while let entry = try tar.next() {
      #expect(first == (entry.path == "sen.json"))
      first = false
      var bytes: [UInt8] = []
      while bytes.count < entry.size { bytes += try tar.read() }
      #expect(try two.bytes("site/\(entry.path)") == bytes)
    }
    #expect(try two.names() == ["medium", "site", "site.tar"])
  }

  @Test func onlyAnArchiveIsReplaced() throws {
    let folder = try TestFolder()
    _ = try made("site", in: folder)
    _ = try made("site", in: folder)
    _ = try folder.write([1], "site/content/mine.txt")
    #expect(
      try refusal { _ = try made("site", in: folder) }?.message
        == "\(folder.path)/site holds content/mine.txt, which is not of the archive there, and is not replaced"
    )
    #expect(try folder.bytes("site/content/mine.txt") == [1])
    try FileManager.default.createDirectory(atPath: "\(folder.path)/home", withIntermediateDirectories: false)
    _ = try made("home", in: folder)
    try FileManager.default.removeItem(atPath: "\(folder.path)/home/sen.json")
    #expect(try refusal { _ = try made("home", in: folder) }?.code == .conflict)
  }

  @Test func anArchiveThatIsGivenUpLeavesNothing() throws {
    let folder = try TestFolder()
    for name in ["site", "site.tar"] {
      let writer = try ArchiveWriter(path: "\(folder.path)/\(name)")
      try writer.begin("content/a")
      try writer.append([1])
    }
    #expect(try folder.names() == [])
  }

  @Test(arguments: ["site", "site.tar"]) func aDamagedMediumIsRefused(name: String) throws {
    let folder = try TestFolder()
    let medium = try folder.write(Self.picture.reversed(), "medium")
    for size in [Self.picture.count, 3, 500] {
      let message = try refusal {
        let writer = try ArchiveWriter(path: "\(folder.path)/\(name)")
        let file = ArchiveFile(path: "media/x", size: size, sha256: try SHA256.hex(Self.picture))
        try writer.add(file, from: medium)
        try writer.finish([:])
      }?.message
      #expect(message == "\(medium) is damaged: it is not the file that media/x should be")
    }
    #expect(try folder.names() == ["medium"])
  }

  @Test func pathsAreCheckedWhenWriting() throws {
    let folder = try TestFolder()
    let writer = try ArchiveWriter(path: "\(folder.path)/site")
    for path in ["../x", "/x", "sen.json", "", "sen.json/x"] {
      #expect(throws: Refusal.self) { try writer.begin(path) }
    }
    try writer.begin("a")
    #expect(throws: FileFailure.self) { try writer.begin("b") }
    #expect(throws: FileFailure.self) { try writer.finish([:]) }
    try writer.end()
    #expect(throws: Refusal.self) { try writer.begin("a") }
  }

  /// What is wrong with the folder archive after `change`, and with a tar of it.
  private func problems(_ change: (String, TestFolder) throws -> Void) throws -> [String?] {
    let folder = try TestFolder()
    let path = try made("site", in: folder)
    try change(path, folder)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/tar")
    process.arguments = ["cf", "\(folder.path)/t.tar", "-C", path, "."]
    try process.run()
    process.waitUntilExit()
    let found = try ["site", "t.tar"].map { name in
      try refusal { _ = try ArchiveReader(path: "\(folder.path)/\(name)", scratch: folder.path) }?.message
        .replacingOccurrences(of: "\(folder.path)/\(name): ", with: "")
    }
    #expect(try folder.names() == ["medium", "site", "t.tar"])
    return found
  }

  @Test func aChangedFileIsNamed() throws {
    let damaged = "content/article.ndjson is damaged or was changed: its SHA-256 is not the one in sen.json"
    #expect(try problems { _, _ in } == [nil, nil])
    #expect(
      try problems { _, folder in
        var bytes = try folder.bytes("site/content/article.ndjson")
        bytes[5] ^= 1
        _ = try folder.write(bytes, "site/content/article.ndjson")
      } == [damaged, damaged])
  }

  @Test func aTruncatedMissingOrAdditionalFileIsNamed() throws {
    let truncated = "content/article.ndjson is truncated: 0 bytes, not 200022"
    #expect(
      try problems { _, folder in _ = try folder.write([], "site/content/article.ndjson") } == [
        truncated, truncated,
      ])
    let missing = "content/empty.ndjson is missing"
    #expect(
      try problems { path, _ in try FileManager.default.removeItem(atPath: "\(path)/content/empty.ndjson") }
        == [missing, missing])
    let additional = "content/more.ndjson is not listed in sen.json"
    #expect(
      try problems { _, folder in _ = try folder.write([], "site/content/more.ndjson") } == [
        additional, additional,
      ])
  }

  @Test func linksAreRefusedEvenToTheRightContent() throws {
    let found = try problems { path, folder in
      let file = "\(path)/content/empty.ndjson"
      try FileManager.default.removeItem(atPath: file)
      let target = try folder.write([], "medium")
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: target)
    }
    #expect(found[0] == "content/empty.ndjson is a link or a device, not a plain file")
    #expect(found[1]?.contains("is a link") == true)
  }

  @Test(arguments: [
    ("{", "sen.json: column 2: expected a name in quotes, found the end"),
    ("{}", "sen.json: it does not list the archive's files"),
    (
      #"{"files":[{"path":"a","size":-1,"sha256":""}]}"#,
      "sen.json: a file is not listed with its path, size and sha256"
    ),
  ])
  func aBrokenManifestIsRefused(text: String, expected: String) throws {
    #expect(
      try problems { _, folder in _ = try folder.write(text.utf8, "site/sen.json") } == [expected, expected])
  }

  @Test(arguments: ["../medium", "/etc/passwd", "sen.json"])
  func aManifestThatLeadsOutIsRefused(path: String) throws {
    let sum = String(repeating: "0", count: 64)
    let text = #"{"files":[{"path":"\#(path)","size":1,"sha256":"\#(sum)"}]}"#
    let found = try problems { _, folder in _ = try folder.write(text.utf8, "site/sen.json") }
    #expect(found.allSatisfy { $0?.hasPrefix("sen.json: the archive") == true })
  }

  @Test func everyTruncationOfATarIsRefused() throws {
    let folder = try TestFolder()
    let sink = MemorySink()
    let writer = try ArchiveWriter(tarTo: sink, scratch: folder.path)
    try writer.begin("content/a")
    try writer.append([1, 2, 3])
    try writer.end()
    try writer.finish([:])
    for end in stride(from: 0, to: sink.bytes.count, by: 37) {
      #expect(throws: Refusal.self) {
        try ArchiveReader(tar: ByteSource(bytes: Array(sink.bytes[..<end])), scratch: folder.path)
      }
    }
    #expect(try ArchiveReader(tar: ByteSource(bytes: sink.bytes), scratch: folder.path).files.count == 1)
    #expect(try folder.names() == [])
  }
}
