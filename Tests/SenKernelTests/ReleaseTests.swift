import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// Removing for good what others refer to, and the order of siblings.
struct ReleaseTests {
  private struct Shelf: Content {
    static let name = "shelf"
    static let help = "Where books stand"
    static let fields: [Field<Shelf>] = [Field("title", \.title, .title, .required)]
    var title = ""
  }
  private struct Book: Content {
    static let name = "book"
    static let help = "What stands on shelves"
    static let fields: [Field<Book>] = [
      Field("title", \.title, .title, .required),
      Field("shelf", \.shelf, .required, .group, help: "Where it stands"),
      Field("part", \.part, .parent, help: "Of which book it is a part"),
      Field("related", \.related, help: "To read as well"),
    ]
    var title = ""
    var shelf: Reference<Shelf>?
    var part: Reference<Book>?
    var related: References<Book> = []
  }
  private struct Library: Plugin {
    let name = "library"
    let help = "Books"
    let contentTypes = [Shape(Shelf.self), Shape(Book.self)]
  }

  private let site: TestSite

  init() throws {
    // The clock stands: all uids are of one millisecond.
    site = try TestSite([Library()]) { Date(timeIntervalSince1970: 1_795_000_000) }
    for shelf in ["A", "B"] { try site.run("shelf create \(shelf)") }
    for book in 1...9 { try site.run("book create 'Cuốn \(book)' --shelf \(book < 6 ? "a" : "b")") }
  }

  private func titles(_ filter: String) throws -> String {
    try site.run("book list --filter '\(filter)' --field title").replacing("Cuốn ", with: "").replacing(
      "\n", with: "")
  }

  @Test func whoIsLeftWithoutItIsTold() throws {
    try site.run("book set cuon-2 cuon-3 related=cuon-1")
    try site.run("book set cuon-4 part=cuon-1")
    let output = MemoryOutput()
    try site.run("book delete cuon-1 --force --yes", output)
    #expect(
      output.notes.sorted() == [
        "Removed book 3 “Cuốn 1” (cuon-1)", "Take it back: history undo",
        "book 4 “Cuốn 2” is left without it in related",
        "book 5 “Cuốn 3” is left without it in related", "book 6 “Cuốn 4” is left without it in part",
      ])
  }

  @Test func whoCannotBeWithoutItKeepsIt() throws {
    do {
      try site.run("shelf delete a --force --yes")
      Issue.record("it is gone")
    } catch {
      #expect((error as? Refusal)?.message == "shelf “a” is the shelf of book 3, which cannot be without one")
    }
    try site.run("book delete --filter shelf=a --force --yes")
    try site.run("shelf delete a --force --yes")
  }

  @Test func placesAreCountedAmongThoseOfTheSameGroupAndParent() throws {
    try site.run("book set cuon-8 cuon-9 part=cuon-7")
    try site.run("book move cuon-9 --position 1")
    try site.run("book move cuon-7 --position 1")
    #expect(try titles("shelf=b") == "7  9  86".replacing("  ", with: ""))
    #expect(try titles("shelf=a") == "12345")
    #expect(try site.run("book list --filter 'position>0' --format count") == "2\n")
    try site.run("book move cuon-5 --position 2")
    #expect(try titles("shelf=a") == "15234")
  }

  @Test func siblingsWithoutPlacesKeepTheirOrderInArchives() throws {
    #expect(try titles("id>0") == "123456789")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([Library()])
    try other.run("shelf create 'Trước đó'")
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("book list --field title") == site.run("book list --field title"))
  }

  @Test func uidsOfOneMillisecondFollowEachOther() {
    let uids = UIDSequence()
    let moment = Date(timeIntervalSince1970: 1_795_000_000)
    let made = (0..<1000).map { _ in uids.next(at: moment) }
    #expect(made == made.sorted() && Set(made).count == 1000 && made.allSatisfy(UID.isUID))
    #expect(uids.next(at: moment.addingTimeInterval(1)) > made[999])
  }
}
