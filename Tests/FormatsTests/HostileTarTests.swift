import ContentModel
import Foundation
import Testing

@testable import Formats

/// Tar archives that no honest program writes.
struct HostileTarTests {
  private static let end = [UInt8](repeating: 0, count: 1024)

  /// An entry of the kind `kind`, with its content and a right checksum; `change` spoils the header first.
  private func entry(
    _ kind: Character, _ path: String, _ content: [UInt8] = [], change: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var block = TarHeader.blocks(path: path, size: content.count)
    block[156] = kind.asciiValue ?? 0
    change(&block)
    block.replaceSubrange(148..<156, with: repeatElement(0x20, count: 8))
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    block.replaceSubrange(
      148..<156, with: Array("\(String(repeating: "0", count: 6 - sum.count))\(sum)\0 ".utf8))
    return block + content + [UInt8](repeating: 0, count: TarHeader.padding(content.count))
  }

  private func pax(_ kind: Character = "x", _ records: String...) -> [UInt8] {
    entry(kind, "PaxHeader", Array(records.joined().utf8))
  }

  private func read(_ bytes: [UInt8]) throws -> [TarReader.Entry] {
    var tar = TarReader(ByteSource(bytes: bytes, name: "t"))
    var entries: [TarReader.Entry] = []
    while let entry = try tar.next() { entries.append(entry) }
    return entries
  }

  private func message(_ bytes: [UInt8]) throws -> String? { try refusal { _ = try read(bytes) }?.message }

  @Test(arguments: ["1", "2", "3", "4", "6", "S", "K", "V", "M", "D", "A"] as [Character])
  func onlyPlainFilesAndFoldersAreRead(kind: Character) throws {
    let found = try message(entry(kind, "content/a") + Self.end)
    #expect(
      found == "t: \"content/a\" in the archive is a link, a device or of an unknown kind, not a plain file")
  }

  @Test func paxRecordsAreReadOrRefused() throws {
    let file = entry("0", "a", [1, 2, 3])
    #expect(try read(pax("x", "10 path=b\n") + file + Self.end) == [.init(path: "b", size: 3)])
    #expect(try read(pax("x", "20 mtime=1700000000\n") + file + Self.end) == [.init(path: "a", size: 3)])
    #expect(try read(pax("g", "19 comment=1234567\n") + file + Self.end) == [.init(path: "a", size: 3)])
    for records in [
      "8 path=b\n", "11 path=b\n", "99999999999999999999 path=b\n", "-1 path=b\n", "0 path=b\n", "path=b\n",
      "10 path=b", "7 path\n", " 10 path=b\n",
    ] {
      #expect(try message(pax("x", records) + file + Self.end) != nil, "\(records)")
    }
    for size in ["+3", "-3", "3 ", "99999999999999999999", "0x3", ""] {
      let record = " size=\(size)\n"
      let found = try message(
        pax("x", "\(record.utf8.count + (record.utf8.count > 8 ? 2 : 1))\(record)") + file)
      #expect(found?.hasPrefix("t: the archive is damaged: ") == true, "\(size)")
    }
    #expect(
      try message(pax("g", "10 path=b\n") + file + Self.end)
        == "t: the archive sets the path of all its files at once, which is not read here")
    #expect(
      try message(pax("x", "22 GNU.sparse.major=1\n") + file + Self.end)
        == "t: the archive holds a sparse file, which is not read here")
    #expect(try message(pax("x", "13 path=../b\n") + file + Self.end)?.contains("\"../b\"") == true)
    #expect(try message(entry("L", "././@LongLink", Array("/etc/b\0".utf8)) + file) != nil)
    #expect(
      try message(entry("x", "p", [UInt8](repeating: 0x30, count: 70_000)) + file)
        == "t: the archive is damaged: a header is too long")
    #expect(try message(pax("x", "10 path=b\n") + Self.end) != nil)
  }

  @Test func hugeSizesTakeNoMemory() throws {
    func sized(_ bytes: [UInt8]) -> [UInt8] {
      entry("0", "a") { $0.replaceSubrange(124..<136, with: bytes) }
    }
    let inside = "t: the archive ends inside a"
    #expect(try message(sized(Array("77777777777\0".utf8))) == inside)
    #expect(try message(sized([0x80, 0, 0, 0, 0x3F, 255, 255, 255, 255, 255, 255, 255])) == inside)
    let unread = "t: the archive is damaged: a header's size cannot be read"
    #expect(try message(sized([UInt8](repeating: 0xFF, count: 12))) == unread)
    #expect(try message(sized([0x80] + [UInt8](repeating: 0xFF, count: 11))) == unread)
    #expect(try message(sized(Array("-0000000001\0".utf8))) == unread)
    #expect(try message(sized(Array("0x000000001\0".utf8))) == unread)
  }

  @Test func namesThatHideASlashAreTakenByTheirBytes() throws {
    // A slash and a combining mark make one character, but they are two in the file system.
    let paths = ["./\u{301}a", "content/\u{301}b/c"]
    let bytes = paths.flatMap { entry("0", $0, [7]) } + Self.end
    let found = try read(bytes).map { Array($0.path.utf8) }
    #expect(found == [Array("\u{301}a".utf8), Array(paths[1].utf8)])
    #expect(Folder.parent(of: paths[1]).utf8.elementsEqual("content/\u{301}b".utf8))
    #expect(Folder.parent(of: "content/\u{301}b").utf8.elementsEqual("content".utf8))
    #expect(Folder.parent(of: "/a") == "/")
    #expect(Folder.parent(of: "a/") == ".")
  }

  @Test func aPathHasALimitOfParts() throws {
    func path(_ parts: Int) -> String { (1...parts).map(String.init).joined(separator: "/") }
    #expect(try read(entry("0", path(16)) + Self.end).count == 1)
    #expect(try message(entry("0", path(17)) + Self.end)?.contains("not a plain relative path") == true)
  }

  @Test func anEndlessManifestIsRefused() throws {
    let folder = try TestFolder()
    let path = try folder.write([], "sen.json")
    try #require(truncate(path, off_t(ArchiveManifest.limit + 1)) == 0)
    #expect(
      try refusal { _ = try ArchiveReader(folder: folder.path) }?.message
        == "sen.json is longer than 67108864 bytes: the archive lists too many files")
  }

  @Test func aManifestInAnotherCompositionDoesNotHideAFile() throws {
    // The two names are equal as texts and differ as files.
    let folder = try TestFolder()
    let writer = try ArchiveWriter(path: "\(folder.path)/site")
    try writer.begin("content/\u{E9}")
    try writer.end()
    try writer.finish([:])
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/site/content/\u{E9}", toPath: "\(folder.path)/site/content/e\u{301}")
    let found = try refusal { _ = try ArchiveReader(folder: "\(folder.path)/site") }?.message
    #expect(found?.hasSuffix("is not listed in sen.json") == true)
  }

  @Test func whatLooksLikeAnArchiveInAFolderMustBePlain() throws {
    let folder = try TestFolder()
    let writer = try ArchiveWriter(path: "\(folder.path)/site")
    try writer.begin("content/a")
    try writer.append([1])
    try writer.end()
    try writer.finish([:])
    func reading() throws -> String? {
      try refusal { _ = try ArchiveReader(folder: "\(folder.path)/site") }?.message
    }
    #expect(try reading() == nil)
    try #require(mkfifo("\(folder.path)/site/pipe", 0o600) == 0)
    #expect(try reading()?.contains("pipe is a link or a device") == true)
    unlink("\(folder.path)/site/pipe")
    // A folder that is a link out of the archive, although what is behind it is what is listed.
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/site/content", toPath: "\(folder.path)/outside")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/site/content", withDestinationPath: "\(folder.path)/outside")
    #expect(try reading()?.contains("content is a link or a device") == true)
    unlink("\(folder.path)/site/content")
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/outside", toPath: "\(folder.path)/site/content")
    try FileManager.default.moveItem(
      atPath: "\(folder.path)/site/sen.json", toPath: "\(folder.path)/sen.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/site/sen.json", withDestinationPath: "../sen.json")
    #expect(try reading()?.hasSuffix("sen.json is not a plain file") == true)
  }

  @Test func aReplacedFileKeepsItsPermissions() throws {
    let folder = try TestFolder()
    let path = try folder.write([1], "secret.tar")
    try #require(chmod(path, 0o600) == 0)
    let file = try AtomicFile(path: path)
    try file.write([2])
    try file.finish()
    var status = stat()
    try #require(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try folder.bytes("secret.tar") == [2])
  }
}
