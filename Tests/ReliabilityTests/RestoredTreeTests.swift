import Foundation
import SenTesting
import Testing

/// Trees that are written from a site which a backup was restored as: its operations are others than those that the tree
/// knows.
struct RestoredTreeTests {
  private let sen: SenProgram
  private let tree: String

  init() throws {
    sen = try SenProgram()
    tree = "\(sen.folder)/tree"
    for name in ["A1", "A2", "A3", "A4"] { try sen.expect("article create \(name) --state published") }
    try sen.expect("backup create")
    for name in ["a1", "a2"] { try sen.expect("article set \(name) title='MẤT \(name)'") }
    try sen.expect("article create 'Bài mất' --state published")
    try sen.expect("publish \(tree)")
  }

  /// Does other things than were lost, as many and more, and publishes each time.
  private func compare(_ site: String) throws {
    for (count, name) in ["a3", "a4", "a3", "a4", "a3"].enumerated() {
      try sen.expect("--site \(site) article set \(name) title='Khác \(count)'")
      try sen.expect("--site \(site) publish \(tree)")
      try sen.expect("--site \(site) publish \(sen.folder)/new-\(count)")
      let kept = try FolderContents.read(tree, except: ".sen")
      let new = try FolderContents.read("\(sen.folder)/new-\(count)", except: ".sen")
      #expect(kept.keys.sorted() == new.keys.sorted())
      for (path, bytes) in new { #expect(kept[path] == bytes, "\(path) after \(count)") }
    }
  }

  @Test(arguments: [0, 2, 3, 4]) func aSiteThatWentOnElsewhereWritesItsOwnPages(operations: Int) throws {
    let other = "\(sen.folder)/other"
    try sen.expect("--site \(other) backup restore @last --from \(sen.site)/backups --yes")
    for count in 0..<operations {
      try sen.expect("--site \(other) article set a3 title='Vòng \(count)'")
    }
    try compare(other)
  }

  @Test func noOperationHasTheNumberOfOneThatWasLost() throws {
    let last = try #require(Int(try sen.expect("history list --limit 1 --field id").dropLast()))
    try sen.expect("backup restore @last --yes")
    try sen.expect("article set a3 title=Sau")
    let ids = try sen.expect("log list --field id").split(separator: "\n").compactMap { Int($0) }
    #expect(ids[0] == last + 2 && ids[1] == last + 1 && ids[2] < last)
    try sen.expect("history undo")
    try sen.expect("site doctor")
    try compare(sen.site)
  }

  @Test func whereNothingIsReadableNumbersArePassedOver() throws {
    let last = try #require(Int(try sen.expect("history list --limit 1 --field id").dropLast()))
    try Data(repeating: 7, count: 50_000).write(to: URL(filePath: "\(sen.site)/site.db"))
    try sen.expect("backup restore @last --yes")
    try sen.expect("article set a3 title=Sau")
    #expect(try #require(Int(try sen.expect("history list --limit 1 --field id").dropLast())) > last + 900)
    try compare(sen.site)
  }
}
