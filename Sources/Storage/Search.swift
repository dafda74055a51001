public import GRDB

/// Finds items by words. The index holds folded words; what the user typed is folded the same way.
public struct Search: Sendable {
  /// A run of words to be found next to each other, the last one possibly as a prefix.
  public struct Term: Sendable, Hashable {
    /// The words as typed.
    public var text: String
    public var isPrefix: Bool
  }

  public let terms: [Term]
  /// Whether more was asked for than is looked for.
  public let isCut: Bool

  /// Reads what people type: words, `"a phrase"`, `prefix*`, codes such as `490/QĐ-TTg` (a phrase of its parts).
  /// Characters that are neither letters nor digits only separate words, so that no input is a mistake.
  public init(_ text: String) {
    let all = text.unicodeScalars
    let text = String(all.prefix(Self.longest))
    var terms: [Term] = []
    var isQuoted = false
    for part in text.split(separator: "\"", omittingEmptySubsequences: false) {
      if isQuoted {
        if Self.hasWord(part) { terms.append(Term(text: String(part), isPrefix: false)) }
      } else {
        for word in part.split(whereSeparator: \.isWhitespace) where Self.hasWord(word) {
          terms.append(Term(text: String(word), isPrefix: word.last == "*"))
        }
      }
      isQuoted.toggle()
    }
    // To say a word twice asks for no more.
    var seen: Set<Term> = []
    terms = terms.filter { seen.insert($0).inserted }
    self.terms = Array(terms.prefix(Self.mostTerms))
    isCut = terms.count > self.terms.count || all.dropFirst(Self.longest).first != nil
  }

  /// So many words and phrases are looked for: each prefix walks through all the words that begin so.
  public static let mostTerms = 32

  /// So many characters of a query are read: the time that FTS5 takes grows with the square of its words.
  public static let longest = 1000

  private static func hasWord(_ text: Substring) -> Bool { text.contains { $0.isLetter || $0.isNumber } }

  /// The query in the language of FTS5; all terms have to occur. The index splits them into words as it split the
  /// text, and knows d for đ.
  var match: String {
    terms.map { term in
      let words = term.text.unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar {
        case "đ", "Đ", "ð", "Ð": "d"
        case "\0", "\"": " "
        default: scalar
        }
      }
      return "\"\(String(String.UnicodeScalarView(words)))\"\(term.isPrefix ? " *" : "")"
    }.joined(separator: " ")
  }

  /// Ranking looks at so many of the newest hits at most: a word that is everywhere says nothing by its rank.
  public static let ranked = 2000

  /// The ids of the hits: those first that have all the words in the title, shorter titles before longer ones, then
  /// the others, best first; at most `limit` of each. Without the first kind, a long text that says the words often
  /// would push the very item out whose name was typed.
  public func ids(limit: Int, types: [String]?, publicAt now: String? = nil, _ db: Database) throws -> [Int64]
  {
    let hits = try hits(limit: limit, types: types, publicAt: now, db)
    let inTitle = Set(hits.titles)
    return hits.titles + hits.all.filter { !inTitle.contains($0) }
  }

  /// The ids of the hits that have all the words in the title, and of all, at most `limit` of each; none of more than
  /// `ranked`.
  public func hits(limit: Int, types: [String]?, publicAt now: String? = nil, _ db: Database) throws -> (
    titles: [Int64], all: [Int64]
  ) {
    guard !terms.isEmpty else { return ([], []) }
    var filter = "i.trashedAt IS NULL"
    if let types {
      filter += " AND i.type IN (\(types.map(\.quoted).joined(separator: ",")))"
    }
    if let now { filter += " AND \(Visibility.sql("i", at: now.quoted))" }
    // CROSS JOIN and + hold SQLite to one walk through the index; it would rather begin a search for each hit.
    let hits = """
      WITH hit AS MATERIALIZED (
        SELECT s.rowid AS id, length(i.title) AS length FROM search s CROSS JOIN item i ON i.id = s.rowid
        WHERE search MATCH ?1 AND \(filter) ORDER BY s.rowid DESC LIMIT \(Self.ranked)
      )
      """
    let titles = try Int64.fetchAll(
      db, sql: "\(hits) SELECT id FROM hit ORDER BY length, id DESC LIMIT ?2",
      arguments: ["{title} : (\(match))", limit])
    // The plus keeps SQLite from asking FTS5 anew for each of the rows, which takes a hundred times as long.
    let all = try Int64.fetchAll(
      db,
      sql: """
        \(hits)
        SELECT s.rowid FROM search s
        WHERE search MATCH ?1 AND s.rowid >= (SELECT min(id) FROM hit) AND +s.rowid IN (SELECT id FROM hit)
        ORDER BY bm25(search, 8.0, 1.0), s.rowid DESC LIMIT ?2
        """, arguments: [match, limit])
    return (titles, all)
  }
}
