import ContentModel
import Foundation
import GRDB
import Testing

@testable import Storage

/// What is taken off the words before FTS5 gets them, it would have taken off itself.
@Suite struct SearchTextTests {
  @Test func theIndexHoldsTheSameWordsAsOfTheOriginal() throws {
    let letters = (Array(0x41...0x24F) + Array(0x1E00...0x1EFF)).compactMap { Unicode.Scalar($0) }
      .filter { !"ÐðĐđ<&".unicodeScalars.contains($0) }
    let text = letters.map { "x\($0)y" }.joined(separator: " ") + " Hội nghị “tổng kết” hoà thủy e\u{301}"
    var envelope = Envelope(uid: "", type: "note", createdAt: Date())
    envelope.title = text
    let words = SearchText.make(
      Item(envelope: envelope, values: Shape.encode(Note(title: text, body: text))), Shape(Note.self))
    try SiteDatabase().pool.write { db in
      for (name, content) in [("a", text), ("b", words.title), ("c", words.text)] {
        try db.execute(
          sql: """
            CREATE VIRTUAL TABLE \(name) USING fts5(t, content='', tokenize='unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE \(name)Words USING fts5vocab(\(name), instance);
            """)
        try db.execute(sql: "INSERT INTO \(name) (t) VALUES (?)", arguments: [content])
      }
      func terms(_ name: String) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT term || '@' || offset FROM \(name)Words ORDER BY 1")
      }
      #expect(try terms("a") == terms("b"))
      #expect(try terms("a") == terms("c"))
      #expect(try terms("a").count > 700)
    }
  }
}
