import Foundation
import Testing

@testable import Console

@Suite("The history")
struct HistoryFileTests {
  private let folder: ScratchFolder
  private var path: String { "\(folder.path)/sen/history/site" }

  init() throws { folder = try ScratchFolder() }

  @Test("The file and its folders are for the user alone")
  func isPrivate() throws {
    HistoryFile(path: path).add("article list")
    #expect(try mode(path) == 0o600)
    #expect(try mode("\(folder.path)/sen") == 0o700)
    #expect(try mode("\(folder.path)/sen/history") == 0o700)
  }

  @Test("A file that others could read is made private")
  func tightensLooseModes() throws {
    let loose = try folder.file("loose", "article list\n", mode: 0o664)
    let history = HistoryFile(path: loose)
    #expect(try mode(loose) == 0o600)
    #expect(history.entries == ["article list"])
  }

  @Test("Entries of any lines come back as they were")
  func linesSurvive() throws {
    let lines = [
      "article set 12 body='Một\n\nba'", "#1700000000", "a\n#12\n\\#12\n", "trailing ",
      "Xã ệ e\u{323}\u{302}",
      "x\r\ny", "#12\r\n#13",
    ]
    let history = HistoryFile(path: path)
    for line in lines { history.add(line) }
    let again = HistoryFile(path: path).entries
    #expect(again.map { Array($0.utf8) } == lines.map { Array($0.utf8) })
  }

  @Test("Blank lines, lines with a space in front and repetitions are not kept")
  func leavesOut() throws {
    let history = HistoryFile(path: path)
    for line in ["a", "a", " secret", "", "\t", "b", "a"] { history.add(line) }
    #expect(HistoryFile(path: path).entries == ["a", "b", "a"])
  }

  @Test("Two consoles at once lose nothing, though one of them trims")
  func twoWritersLoseNothing() throws {
    let path = path
    let first = HistoryFile(path: path)
    let second = HistoryFile(path: path)
    for number in 0..<100 {
      first.add("first \(number)")
      second.add("second \(number)")
      // A third that starts now, and finds more than it keeps, must not take an entry from the others.
      if number == 50 { _ = HistoryFile(path: path, most: 1_000) { Issue.record("\($0)") } }
    }
    let entries = HistoryFile(path: path).entries
    #expect(entries.count == 200)
    #expect(Set(entries).count == 200)
  }

  @Test("At most so many entries are kept, the newest")
  func trims() throws {
    let history = HistoryFile(path: path)
    for number in 0..<30 { history.add("line \(number)") }
    let trimmed = HistoryFile(path: path, most: 10) { Issue.record("\($0)") }
    #expect(trimmed.entries == (20..<30).map { "line \($0)" })
    // The first still holds the path, not the file that was replaced.
    history.add("after")
    #expect(HistoryFile(path: path).entries == trimmed.entries + ["after"])
    #expect(try mode(path) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/sen/history") == ["site"])
  }

  @Test("A history that cannot be written is told once and goes on in memory")
  func unwritableIsTold() throws {
    let file = try folder.file("file", "")
    var told: [String] = []
    let history = HistoryFile(path: "\(file)/history", most: 10) { told.append($0) }
    history.add("a")
    history.add("b")
    #expect(history.entries == ["a", "b"])
    #expect(told.count == 1)
    #expect(told.first?.contains(file) == true)
  }

  @Test("Each site has a file, named readably and by its absolute path")
  func pathsAreOfSites() {
    let environment = ["XDG_STATE_HOME": "/state", "HOME": "/home/lan"]
    let one = HistoryFile.defaultPath(site: "/srv/Cổng tin", environment: environment)
    let other = HistoryFile.defaultPath(site: "/home/Cổng tin", environment: environment)
    #expect(one.hasPrefix("/state/sen/history/Cổng-tin-"))
    #expect(one != other)
    let home = HistoryFile.defaultPath(
      site: "/srv/a", environment: ["XDG_STATE_HOME": "x", "HOME": "/home/lan"])
    #expect(home.hasPrefix("/home/lan/.local/state/sen/history/a-"))
  }

  @Test("A link to a site and the site share a history")
  func linksAreResolved() throws {
    let site = try folder.file("site", "")
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: site)
    #expect(
      HistoryFile.defaultPath(site: link, environment: ["HOME": "/h"])
        == HistoryFile.defaultPath(site: site, environment: ["HOME": "/h"]))
  }
}
