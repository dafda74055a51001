/// Something that Tab offers.
public struct Candidate: Sendable, Hashable {
  /// The whole word that would stand there, not quoted.
  public let text: String
  public let description: String

  public init(text: String, description: String = "") {
    self.text = text
    self.description = description
  }
}

/// What Tab offers in one place of a line.
public struct Completion: Sendable {
  public let candidates: [Candidate]
  /// The bytes of the line that a candidate replaces.
  public let range: Range<Int>
  /// Whether the word is complete with a candidate.
  public let appendsSpace: Bool
  /// How many bytes of each candidate stand in front of `range` already.
  private let kept: Int
  /// The quote that `range` begins with and leaves open.
  private let quote: Quote?
  /// What each candidate begins with that never needs quotes, such as `tags+=`.
  private let head: String

  /// - Parameter piece: the word at the cursor, as far as it goes.
  init(_ candidates: [Candidate], piece: Lexer.Piece, appendsSpace: Bool, head: String = "") {
    self.candidates = candidates
    self.appendsSpace = appendsSpace
    let before = piece.text.prefix(piece.quoteOffset)
    let isContinued = piece.quoteIsOpen && candidates.allSatisfy { $0.text.utf8.starts(with: before) }
    quote = isContinued ? piece.quote : nil
    kept = isContinued ? before.count : 0
    range = (isContinued ? piece.quotePlace : piece.range.lowerBound)..<piece.range.upperBound
    self.head = Word.isBare(head) ? head : ""
  }

  /// What to put in the place of `range`: within the quotes that were opened, else quoted if it has to be.
  public func replacement(for candidate: Candidate) -> String {
    if let quote {
      let rest = String(decoding: candidate.text.utf8.dropFirst(kept), as: UTF8.self)
      return quote.mark + quote.inside(rest) + (appendsSpace ? quote.mark : "")
    }
    let rest = candidate.text.utf8.dropFirst(head.utf8.count)
    guard !head.isEmpty, !rest.isEmpty, candidate.text.utf8.starts(with: head.utf8) else {
      return Word.quoted(candidate.text)
    }
    return head + Word.quoted(String(decoding: rest, as: UTF8.self))
  }
}

extension CommandSet {
  /// Looks up content of a kind that begins with a prefix.
  public typealias Live = (ValueKind, String, Invocation?) -> [Candidate]

  /// What could stand at the cursor; nothing in comments and behind pipes, a path behind `>`.
  /// - Parameter cursor: the offset in bytes; held within the line, and taken back to where a character begins.
  public func complete(line: String, cursor: Int, live: @escaping Live) -> Completion {
    let lexer = Lexer(Self.before(cursor, line))
    var words = lexer.words
    var piece = lexer.touching ?? Lexer.Piece(range: lexer.length..<lexer.length)
    piece.range = piece.range.lowerBound..<lexer.length
    let nothing = Completion([], piece: Lexer.Piece(range: lexer.length..<lexer.length), appendsSpace: false)
    switch lexer.problem {
    case nil, .openQuote?, .openEscape?: break
    case .emptyFile? where lexer.zone == .path: break
    default: return nothing
    }
    switch lexer.zone {
    case .pipe, .comment: return nothing
    case .path:
      if lexer.touching == nil { piece.range = lexer.length..<lexer.length }
      return CompletionPlace(self, [], piece, live).value(.path, nil)
    case .words:
      if lexer.touching != nil { words.removeLast() }
      if words.first?.text == "sen" { words.removeFirst() }
      return CompletionPlace(self, words, piece, live).complete() ?? nothing
    }
  }

  /// What is still expected after a line, to be shown dim behind the cursor; empty if nothing is.
  public func hint(line: String) -> String {
    let lexer = Lexer(line)
    guard lexer.problem == nil, lexer.zone == .words, lexer.touching == nil, !lexer.words.isEmpty else {
      return ""
    }
    var words = lexer.words
    if words.first?.text == "sen" { words.removeFirst() }
    switch locate(words).0 {
    case .command(let spec, let rest):
      let known = flags(of: spec)
      let given = Array(words.dropFirst(rest))
      if let flag = pending(given, known) { return flag.valueName ?? "" }
      let count = free(given, known)
      return spec.arguments.enumerated().compactMap { place, argument in
        if place >= count { return argument.usage() }
        return argument.arity.repeats && place == spec.arguments.count - 1 ? argument.usage(isMet: true) : nil
      }.joined(separator: " ")
    default: return pending(words, globals)?.valueName ?? ""
    }
  }

  private static func before(_ cursor: Int, _ line: String) -> [UInt8] {
    let bytes = Array(line.utf8)
    var end = min(max(0, cursor), bytes.count)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
  }

  /// The option at the end of `words` whose value comes next.
  func pending(_ words: [Word], _ known: [FlagSpec]) -> FlagSpec? {
    walk(words, known).pending
  }

  /// How many of the words are arguments.
  func free(_ words: [Word], _ known: [FlagSpec]) -> Int { walk(words, known).free.count }

  /// Tells arguments from options and their values.
  func walk(
    _ words: [Word], _ known: [FlagSpec]
  ) -> (free: [String], used: Set<String>, pending: FlagSpec?, isFree: Bool) {
    var free: [String] = []
    var used: Set<String> = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word.text == "--", !word.wasQuoted {
        return (free + words[index...].map(\.text), used, nil, true)
      }
      guard word.isOption else {
        free.append(word.text)
        continue
      }
      guard let flag = flag(word.text, known) else { continue }
      used.insert(flag.name)
      guard flag.kind != nil, !word.text.contains("=") else { continue }
      if index == words.count { return (free, used, flag, false) }
      index += 1
    }
    return (free, used, nil, false)
  }
}
