import Formats
import Foundation
import SenKernel
import SenTesting
import StaticSite
import Testing

/// Trees that change in one step.
@Suite struct ReleaseTests {
  private let portal: Portal
  private let link: String
  private var shelf: String { link + ".releases" }

  init() throws {
    portal = try Portal()
    link = portal.test.folder + "/www"
    try portal.run("article create 'Tin một' --state published")
    try portal.run("article create 'Tin hai' --state published")
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 600, height: 400), ending: "jpg")
    try portal.run("article set tin-mot cover=\(name)")
  }

  @discardableResult
  private func publish(keeping count: Int = 2, isWhole: Bool = false) throws -> Publisher.Report {
    try Publisher.release(
      portal.test.site, at: link, actionsOrigin: "", keeping: count, isWhole: isWhole, note: { _ in },
      progress: { _, _ in true })
  }

  private func releases() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: shelf).filter { !$0.hasPrefix(".") }.sorted()
  }

  private func goal() throws -> String { try FileManager.default.destinationOfSymbolicLink(atPath: link) }

  /// Inode, time and bytes of every file of a tree, but what is known of it.
  private func files(_ tree: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: tree) where !path.contains("published.db")
    {
      var status = stat()
      guard stat("\(tree)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let bytes = try SHA256.hex(Array(Data(contentsOf: URL(filePath: "\(tree)/\(path)"))))
      files[path] = "\(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(bytes)"
    }
    return files
  }

  @Test func aRunMakesAReleaseAndLeavesTheOldOneAsItWas() throws {
    try publish()
    #expect(try goal() == "www.releases/1")
    let old = try files("\(shelf)/1")
    portal.clock.move(by: 60)
    try portal.run("article set tin-hai title='Tin 2'")
    let report = try publish()
    #expect(try goal() == "www.releases/2")
    #expect(try files("\(shelf)/1") == old, "the old release was written to")
    let new = try files("\(shelf)/2")
    let changed = Set(new.filter { old[$0.key] != $0.value }.keys)
    #expect(changed.count == report.written)
    #expect(changed.contains("article/tin-hai/index.html"))
    #expect(!changed.contains { $0.hasPrefix("media/") || $0.hasPrefix("site/theme/") })
    // What was published in one go is the same.
    let other = portal.test.folder + "/other"
    let publisher = try Publisher(portal.test.site, folder: other, actionsOrigin: "")
    _ = try publisher.run(isWhole: true, note: { _ in }, progress: { _, _ in true })
    let whole = try files(other)
    #expect(Set(whole.keys) == Set(new.keys))
    for path in whole.keys {
      #expect(
        FileManager.default.contentsEqual(atPath: "\(other)/\(path)", andPath: "\(link)/\(path)"), "\(path)")
    }
  }

  @Test func nothingNewMakesNoRelease() throws {
    try publish()
    #expect(try publish().pages == 0)
    try publish(isWhole: true)
    // A change that no page shows.
    try portal.run("article create 'Nháp'")
    try publish()
    #expect(try releases() == ["1"])
    #expect(try publish().pages == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: shelf).sorted() == [".lock", "1"])
  }

  @Test func oldReleasesGoButNeverTheOneThatIsServed() throws {
    for number in 1...5 {
      try portal.run("article set tin-mot title='Tin \(number)'")
      try publish(keeping: 2)
    }
    #expect(try releases() == ["3", "4", "5"])
    // Somebody goes back to an older one; the next run begins from that.
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "www.releases/3")
    try FileManager.default.createDirectory(atPath: "\(shelf)/99-cua-toi", withIntermediateDirectories: false)
    try FileManager.default.createDirectory(atPath: "\(shelf)/7", withIntermediateDirectories: false)
    try publish(keeping: 1)
    #expect(try goal() == "www.releases/8")
    #expect(
      try String(contentsOfFile: "\(link)/article/tin-mot/index.html", encoding: .utf8).contains("Tin 5"))
    // Folders that no run has made stay.
    #expect(try releases() == ["5", "7", "8", "99-cua-toi"])
  }

  @Test func filesOfOthersComeAlong() throws {
    try publish()
    try "của tôi".write(toFile: "\(link)/google.html", atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(atPath: "\(link)/.well-known", withIntermediateDirectories: false)
    try "x".write(toFile: "\(link)/.well-known/security.txt", atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(link)/lien-ket", withDestinationPath: "google.html")
    try portal.run("article set tin-mot title=Mới")
    try publish()
    #expect(try goal() == "www.releases/2")
    #expect(try String(contentsOfFile: "\(link)/lien-ket", encoding: .utf8) == "của tôi")
    #expect(try String(contentsOfFile: "\(link)/.well-known/security.txt", encoding: .utf8) == "x")
  }

  @Test func whatABrokenRunHasLeftIsRemoved() throws {
    try publish()
    for name in [".unfinished", ".removed-7"] {
      try FileManager.default.createDirectory(
        atPath: "\(shelf)/\(name)/a/b", withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(atPath: "\(shelf)/.link", withDestinationPath: "nowhere")
    // One that was whole, and that nobody was led to.
    try FileManager.default.copyItem(atPath: "\(shelf)/1", toPath: "\(shelf)/2")
    try portal.run("article set tin-mot title=Mới")
    try publish()
    #expect(try goal() == "www.releases/3")
    #expect(try FileManager.default.contentsOfDirectory(atPath: shelf).sorted() == [".lock", "1", "2", "3"])
    struct Stop: Error {}
    #expect(throws: CancellationError.self) {
      try portal.run("article set tin-mot title=Khác")
      _ = try Publisher.release(
        portal.test.site, at: link, actionsOrigin: "", keeping: 2, isWhole: true, note: { _ in },
        progress: { _, _ in false })
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: shelf).sorted() == [".lock", "1", "2", "3"])
  }

  @Test func whatStandsThereIsNotOverwritten() throws {
    try FileManager.default.createDirectory(atPath: link, withIntermediateDirectories: false)
    #expect(throws: Refusal.self) { try publish() }
    #expect(!FileManager.default.fileExists(atPath: shelf))
    do {
      try publish()
    } catch let refusal as Refusal {
      #expect(
        refusal.message == "\(link) is an ordinary folder, and --atomic needs a link of its own in that place"
      )
    }
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/tmp")
    #expect(throws: Refusal.self) { try publish() }
    try FileManager.default.removeItem(atPath: link)
    try publish()
    #expect(Publisher.isReleased(link))
    #expect(!Publisher.isReleased(shelf) && !Publisher.isReleased(portal.test.folder + "/none"))
    // A link to a release that somebody has removed begins anew.
    try FileManager.default.removeItem(atPath: "\(shelf)/1")
    try publish()
    #expect(try goal() == "www.releases/1")
  }
}
