import Foundation
import Testing

/// Releases of a published tree, of which processes are killed in the middle while somebody reads.
@Suite struct KilledPublishTests {
  static let kills = ProcessInfo.processInfo.environment["SEN_KILLS"].flatMap { Int($0) } ?? 8
  let sen: SenProgram

  init() throws {
    sen = try SenProgram()
    try sen.expect("article generate --count 150 --seed 1")
    try sen.expect("config set title T0")
  }

  /// The titles of the site on all pages of the tree that the link leads to at this moment, and how many pages.
  private static func read(_ link: String) throws -> (titles: Set<String>, pages: Int) {
    let tree = try FileManager.default.destinationOfSymbolicLink(atPath: link)
    let root = URL(filePath: link).deletingLastPathComponent().appending(path: tree).path
    var (titles, pages): (Set<String>, Int) = ([], 0)
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".html") {
      let html = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      guard let match = html.firstMatch(of: /<title>[^<]*(T[0-9]+)<\/title>/) else {
        titles.insert("none on \(path)")
        continue
      }
      titles.insert(String(match.output.1))
      pages += 1
    }
    return (titles, pages)
  }

  @Test func whoeverReadsSeesOneWholeTree() throws {
    let link = "\(sen.folder)/www"
    let started = Date()
    try sen.expect("publish \(link) --atomic --keep 3")
    let whole = Date().timeIntervalSince(started)
    let first = try Self.read(link)
    #expect(first.titles == ["T0"] && first.pages > 50)

    let isDone = Flag()
    let seen = Seen()
    let reader = Thread {
      while !isDone.isSet {
        do {
          let read = try Self.read(link)
          seen.add(read.titles.count == 1 && read.pages == first.pages ? nil : "\(read)", read.titles)
        } catch {
          seen.add("\(error)", [])
        }
      }
      seen.end()
    }
    reader.start()
    var finished = 0
    for kill in 1...Self.kills {
      try sen.expect("config set title T\(kill)")
      let process = try sen.beginProgram("publish \(link) --atomic --keep 3")
      SenProgram.kill(process, after: .random(in: 0...whole))
      let now = try Self.read(link)
      #expect(now.titles.count == 1 && now.pages == first.pages, "\(now)")
      if now.titles == ["T\(kill)"] { finished += 1 }
    }
    try sen.expect("config set title T999")
    try sen.expect("publish \(link) --atomic --keep 3")
    #expect(try Self.read(link).titles == ["T999"])
    isDone.set()
    seen.wait()
    #expect(seen.problems == [])
    #expect(seen.count > 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: link + ".releases")
    #expect(left.filter { $0.hasPrefix(".") } == [".lock"])
    #expect(left.count <= 5)
    // The tree is what a run from nothing makes.
    try sen.expect("publish other")
    let same = try sen.sh("diff -r -x published.db* other www")
    #expect(same.code == 0, "\(same.output)")
    if Self.kills > 20 { print("after \(Self.kills) kills: \(finished) releases finished") }
  }

  @Test func refusalsAreOneSentence() throws {
    try sen.expect("publish plain")
    let plain = try sen.sh("\"$SEN\" publish plain --atomic")
    #expect(plain.code != 0)
    #expect(
      plain.errors.hasPrefix(
        "sen: \(sen.folder)/plain is an ordinary folder, and --atomic needs a link of its own in that place\n"
      ))
    try sen.expect("publish released/ --atomic")
    #expect(try sen.sh("\"$SEN\" publish released").code != 0)
    #expect(try sen.sh("\"$SEN\" publish released --keep 2").code != 0)
    #expect(try sen.sh("\"$SEN\" publish released --atomic --keep 0").code != 0)
    #expect(try sen.sh("\"$SEN\" publish released --atomic").code == 0)
  }

  private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
  }

  /// What a reader has seen. A tree whose last release was removed while it was read, after two more were made, is none
  /// that a web server would have looked at so long.
  private final class Seen: @unchecked Sendable {
    private let lock = NSCondition()
    private var ended = false
    private(set) var problems: [String] = []
    private(set) var count = 0

    func add(_ problem: String?, _ titles: Set<String>) {
      lock.withLock {
        count += 1
        if let problem { problems.append(problem) }
      }
    }
    func end() {
      lock.lock()
      ended = true
      lock.broadcast()
      lock.unlock()
    }
    func wait() {
      lock.lock()
      while !ended { lock.wait() }
      lock.unlock()
    }
  }
}
