import Documents
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

@testable import StaticSite

/// Media of a tree that were cut off, and files of others in their places.
struct TornMediaTests {
  private let site: TestSite
  private let folder: String
  /// An attachment's file, in the site and in the tree.
  private let source: String
  private let target: String
  private let bytes = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })

  init() throws {
    site = try TestSite([DocumentsPlugin()])
    folder = site.folder + "/public"
    let pdf = "\(site.folder)/a.pdf"
    try (Data("%PDF-1.4\n".utf8) + bytes).write(to: URL(filePath: pdf))
    try site.run("document create 'Công văn' --slug cong-van --state published")
    try site.run("attachment create 'Tệp' --document cong-van --file '\(pdf)' --state published")
    let name = try #require(try site.site.mediaFiles().first)
    (source, target) = (site.site.mediaPath(name), "\(folder)/media/\(name)")
  }

  private func publish(isWhole: Bool = false) throws -> Publisher.Report {
    try site.site.publish(to: folder, isWhole: isWhole)
  }

  private func manifest(_ sql: String) throws {
    let manifest = try DatabaseQueue(path: "\(folder)/.sen/published.db")
    try manifest.write { try $0.execute(sql: sql) }
    try manifest.close()
  }

  /// As a tree on another file system has it, written by the versions that copied to the place itself.
  private func replace(_ data: Data) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try data.write(to: URL(filePath: target))
  }

  private var isWhole: Bool { FileManager.default.contentsEqual(atPath: source, andPath: target) }
  private var half: Data {
    get throws { try Data(contentsOf: URL(filePath: source)).prefix(300_000) }
  }

  @Test func aCopyThatAFormerVersionCutOffIsMendedByTheNextRun() throws {
    _ = try publish()
    try replace(half)
    try manifest("DELETE FROM state WHERE name IN ('media', 'site', 'folders')")
    let report = try publish()
    #expect(isWhole && report.media == 1 && report.foreign.isEmpty)
    #expect(try publish().media == 0)
  }

  /// Killed before the list was written.
  @Test func soIsOneThatIsInNoList() throws {
    _ = try publish()
    try replace(half)
    try manifest(
      "DELETE FROM state; DELETE FROM file WHERE path LIKE 'media/%'")
    let report = try publish()
    #expect(isWhole && report.media == 1 && report.foreign.isEmpty)
  }

  @Test func aCopyThatWasChangedIsMendedByTheNextThatLooks() throws {
    _ = try publish()
    try replace(half)
    try site.run("document set cong-van title='Công văn 2'")
    #expect(try publish().media == 1 && isWhole)
    // Of the same size: only read where all is made anew.
    var other = try Data(contentsOf: URL(filePath: source))
    other[600_000] ^= 1
    try replace(other)
    try site.run("document set cong-van title='Công văn 3'")
    #expect(try publish().media == 0 && !isWhole)
    #expect(try publish(isWhole: true).media == 1 && isWhole)
  }

  @Test func aFileOfSomebodyElseIsLeftAloneAndTold() throws {
    try replace(Data("của người khác".utf8))
    let name = "media/\((target as NSString).lastPathComponent)"
    #expect(try publish().foreign == [name])
    // Told each time, and never taken.
    #expect(try publish().foreign == [name])
    #expect(try publish(isWhole: true).foreign == [name])
    try site.run("attachment unpublish 'tep'")
    _ = try publish()
    _ = try publish(isWhole: true)
    #expect(try Data(contentsOf: URL(filePath: target)) == Data("của người khác".utf8))
    try site.run("attachment publish 'tep'")
    #expect(try publish().foreign == [name])
    try FileManager.default.removeItem(atPath: target)
    #expect(try publish().foreign.isEmpty && isWhole)
  }

  @Test(arguments: [true, false]) func noneThatAFormerVersionTookForItsOwnIsLost(isShown: Bool) throws {
    _ = try publish()
    try replace(Data("của người khác".utf8))
    try manifest("DELETE FROM state WHERE name IN ('media', 'site', 'folders')")
    if !isShown { try site.run("attachment unpublish 'tep'") }
    let report = try publish()
    #expect(report.foreign.count == (isShown ? 1 : 0))
    _ = try publish(isWhole: true)
    #expect(try Data(contentsOf: URL(filePath: target)) == Data("của người khác".utf8))
  }

  @Test func copiesGetTheirNamesWhenTheyAreWhole() throws {
    let folder = "\(site.folder)/copies"
    var copies = MediaCopies(in: site.folder)
    // What a run that was killed had begun.
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: "\(folder)/a.pdf\(PageWork.unfinished)"))
    try copies.put(source, at: "\(folder)/a.pdf", size: 700_009)
    try copies.finish()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.pdf"])
    // On another file system, where there is one.
    let other = "/dev/shm/sen-copies-\(UUID())"
    guard mkdir(other, 0o755) == 0 else { return }
    defer { try? FileManager.default.removeItem(atPath: other) }
    var far = MediaCopies(in: other)
    try far.put(source, at: "\(other)/a.pdf", size: 700_009)
    try far.finish()
    #expect(FileManager.default.contentsEqual(atPath: source, andPath: "\(other)/a.pdf"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: other) == ["a.pdf"])
  }
}
