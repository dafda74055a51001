import Documents
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

@testable import StaticSite

/// Whose tree it is, and what becomes of one whose list is lost.
struct TreeOwnerTests {
  private let portal: Portal
  private let folder: String

  init() throws {
    portal = try Portal()
    folder = portal.test.folder + "/public"
    try portal.run("article create 'Tin một' --state published")
    try portal.run("article create 'Tin hai' --state published")
  }

  @discardableResult
  private func publish(_ site: Site? = nil, isWhole: Bool = false, takesOver: Bool = false) throws
    -> Publisher.Report
  {
    try (site ?? portal.test.site).publish(to: folder, isWhole: isWhole, takesOver: takesOver)
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(path)") }

  @Test func theTreeOfAnotherSiteIsRefusedUnlessItIsTakenOver() throws {
    try publish()
    let other = try TestSite([DocumentsPlugin()]) { portal.clock.now }
    try other.run("document create 'Công văn' --slug cong-van --state published")
    for isWhole in [false, true] {
      let refusal = #expect(throws: Refusal.self) { try publish(other.site, isWhole: isWhole) }
      #expect(refusal?.code == .conflict)
      #expect(refusal?.hint?.contains("--take-over") == true)
    }
    #expect(isThere("article/tin-mot/index.html") && !isThere("document/cong-van/index.html"))
    #expect(try publish(other.site, takesOver: true).removed > 0)
    #expect(!isThere("article/tin-mot/index.html") && isThere("document/cong-van/index.html"))
    #expect(try publish(other.site).pages == 0)
    #expect(throws: Refusal.self) { try publish() }
  }

  /// Stopped in the middle, it is gone on with.
  @Test func whatIsHalfTakenOverIsTakenOver() throws {
    try publish()
    try Data("của tôi".utf8).write(to: URL(filePath: "\(folder)/google.html"))
    let other = try TestSite([DocumentsPlugin()]) { portal.clock.now }
    #expect(throws: (any Error).self) { try other.site.publish(to: folder, takesOver: true, stopsAfter: 0) }
    try publish(other.site)
    #expect(!isThere("article/tin-mot/index.html") && isThere("google.html"))
  }

  @Test func releasesHaveAnOwnerAsWell() throws {
    let link = portal.test.folder + "/www"
    func release(_ site: Site, takesOver: Bool = false) throws {
      _ = try Publisher.release(
        site, at: link, actionsOrigin: "", takesOver: takesOver, keeping: 2, isWhole: false, note: { _ in },
        progress: { _, _ in true })
    }
    try release(portal.test.site)
    let other = try TestSite([DocumentsPlugin()]) { portal.clock.now }
    #expect(throws: Refusal.self) { try release(other.site) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "www.releases/1")
    try damage("\(link)/.sen/published.db")
    #expect(throws: Refusal.self) { try release(portal.test.site) }
    try release(portal.test.site, takesOver: true)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "www.releases/2")
    try release(portal.test.site)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "www.releases/2")
  }

  @Test func treesOfFormerVersionsAreTheFirstOnesThatCome() throws {
    try publish()
    let manifest = try DatabaseQueue(path: "\(folder)/.sen/published.db")
    try manifest.write { try $0.execute(sql: "DELETE FROM state WHERE name IN ('site', 'media', 'folders')") }
    try manifest.close()
    #expect(try publish().written == 0)
    let other = try TestSite([DocumentsPlugin()]) { portal.clock.now }
    #expect(throws: Refusal.self) { try publish(other.site) }
  }

  private func damage(_ path: String) throws {
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.write(contentsOf: Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) }))
    try handle.close()
  }

  @Test(arguments: [true, false]) func aListThatIsDamagedIsToldAsTheTreesAndMadeAnew(isGone: Bool) throws {
    let picture = "\(portal.test.folder)/a.jpg"
    try portal.test.site.pictures.draw(seed: 3, width: 640, height: 480).write(to: URL(filePath: picture))
    try portal.run("article create 'Có ảnh' --cover '\(picture)' --state published")
    try publish()
    try Data("của tôi".utf8).write(to: URL(filePath: "\(folder)/google.html"))
    let list = "\(folder)/.sen/published.db"
    try portal.run("article set tin-hai title='Tin đổi'")
    try portal.run("article delete tin-mot --yes")
    if isGone {
      try FileManager.default.removeItem(atPath: "\(folder)/.sen")
      #expect(try publish().foreign.count > 10)
    } else {
      try damage(list)
      for isWhole in [false, true] {
        let refusal = #expect(throws: Refusal.self) { try publish(isWhole: isWhole) }
        #expect(refusal?.message.contains("\(list) is damaged") == true)
        #expect(refusal?.hint?.contains("sen publish \(folder) --take-over") == true)
      }
    }
    let report = try publish(takesOver: true)
    #expect(report.foreign.isEmpty)
    // Pages that are no more are told: nobody knows who made them.
    #expect(report.unlisted.contains("google.html"))
    #expect(report.unlisted.contains("article/tin-mot/index.html"))
    #expect(!report.unlisted.contains("404.html"))
    #expect(!report.unlisted.contains { $0.hasPrefix("media/") || $0.hasPrefix(".sen") })
    #expect(
      try String(contentsOfFile: "\(folder)/article/tin-hai/index.html", encoding: .utf8).contains(
        "Tin đổi"))
    try portal.run("article set tin-hai title='Tin nữa'")
    #expect(try publish().foreign.isEmpty)
    #expect(try String(contentsOfFile: "\(folder)/google.html", encoding: .utf8) == "của tôi")
  }
}
