import ContentModel
import Foundation
import Storage
import Vietnamese

/// A piece of the original text around a hit.
struct Snippet: Equatable {
  var text = ""
  /// Where in `text` the words stand that were looked for, in characters.
  var hits: [Range<Int>] = []
}

/// What people see of a hit.
enum SearchHit {
  /// How good a hit is, the larger the better, compared from the first number on. Whoever types accents means them;
  /// whoever types none most often means the item of that name, and only then words that are written without any.
  static func rank(_ search: Search, _ item: Item, _ shape: Shape) -> [Int] {
    let exact = exactMatches(search, item, shape)
    let title = titleMatch(search, item.envelope.title)
    let hasAccents = search.terms.contains { Folding.fold($0.text) != $0.text.lowercased() }
    return hasAccents ? [exact, title] : [title, exact]
  }

  /// 3 if the title is what was typed, 2 if it has it in one piece, 1 if it has all the words, else 0.
  private static func titleMatch(_ search: Search, _ title: String) -> Int {
    func words(_ text: String) -> [String] { Folding.fold(text).split { !isInWord($0) }.map(String.init) }
    let title = words(title)
    let terms = search.terms.map { (words: words($0.text), isPrefix: $0.isPrefix) }
    let whole = (words: terms.flatMap(\.words), isPrefix: terms.last?.isPrefix ?? false)
    if title == whole.words { return 3 }
    func has(_ term: (words: [String], isPrefix: Bool)) -> Bool {
      title.indices.contains { stands(term, at: $0, in: title) }
    }
    if has(whole) { return 2 }
    return terms.allSatisfy(has) ? 1 : 0
  }

  /// How many of the terms occur with exactly the accents that were typed, in the title or the text; the letter
  /// that a tone is written on makes no difference.
  static func exactMatches(_ search: Search, _ item: Item, _ shape: Shape) -> Int {
    let text = words(item.envelope.title + "\n" + text(item, shape))
    return search.terms.count { term in
      let wanted = words(term.text)
      return text.firstRange(of: term.isPrefix ? wanted.dropLast() : wanted[...]) != nil
    }
  }

  /// The words of a text by their accents, a space around each.
  private static func words(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x20]
    for scalar in Spelling.key(text).unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        if byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 {
          bytes.append(byte)
        } else if bytes.last != 0x20 {
          bytes.append(0x20)
        }
        continue
      }
      let isInWord =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.canonicalCombiningClass != .notReordered
      if isInWord {
        bytes.append(contentsOf: String(scalar).utf8)
      } else if bytes.last != 0x20 {
        bytes.append(0x20)
      }
    }
    if bytes.last != 0x20 { bytes.append(0x20) }
    return bytes
  }

  /// So many words before the hit, and so many in all.
  private static let (before, length) = (6, 22)
  /// The hit is looked for in so many words.
  private static let read = 20_000
  /// So many bytes of a text are looked at again; the index has found its words wherever they stand.
  private static let most = 1 << 20

  /// About 120 characters of the original text around the first hit: where a whole term stands, else any word of one.
  /// - Parameter plain: reads long texts in Markdown as people do; nil leaves its signs in them.
  static func snippet(
    _ search: Search, _ item: Item, _ shape: Shape, plain: (@Sendable (String) -> String)? = nil
  ) -> Snippet {
    let text = text(item, shape) { part, isMarkdown in
      isMarkdown ? plain?(part) ?? SearchText.plain(part) : SearchText.plain(part)
    }
    let words = text.split(maxSplits: read) { !isInWord($0) }.prefix(read)
    let folded = words.map { Folding.fold(String($0)) }
    let terms = search.terms.map { term in
      (words: Folding.fold(term.text).split { !isInWord($0) }.map(String.init), isPrefix: term.isPrefix)
    }
    var marked: Set<Int> = []
    var first: Int?
    for term in terms.sorted(by: { $0.words.count > $1.words.count }) where !term.words.isEmpty {
      for place in folded.indices where stands(term, at: place, in: folded) {
        marked.formUnion(place..<place + term.words.count)
        if first == nil { first = place }
      }
    }
    let start = max(0, (first ?? 0) - before)
    return cut(text, Array(words), start..<min(words.count, start + length), marked)
  }

  private static func stands(
    _ term: (words: [String], isPrefix: Bool), at place: Int, in folded: [String]
  ) -> Bool {
    guard place + term.words.count <= folded.count else { return false }
    return term.words.indices.allSatisfy { index in
      let isOpen = term.isPrefix && index == term.words.count - 1
      return isOpen
        ? folded[place + index].hasPrefix(term.words[index]) : folded[place + index] == term.words[index]
    }
  }

  private static func isInWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// The text of some of its words with what stands between them, white space made one space each.
  private static func cut(
    _ text: String, _ words: [Substring], _ range: Range<Int>, _ marked: Set<Int>
  ) -> Snippet {
    var snippet = Snippet(text: range.lowerBound > 0 ? "… " : "")
    var count = snippet.text.count
    func append(_ part: Substring) {
      for character in part {
        let isSpace = character.isWhitespace
        if isSpace, snippet.text.isEmpty || snippet.text.last == " " { continue }
        snippet.text.append(isSpace ? " " : character)
        count += 1
      }
    }
    var end = range.lowerBound == 0 ? text.startIndex : words[range.lowerBound].startIndex
    for index in range {
      append(text[end..<words[index].startIndex])
      let start = count
      append(words[index])
      if marked.contains(index) { snippet.hits.append(start..<count) }
      end = words[index].endIndex
    }
    let rest = text[end...]
    append(rest.prefix { !isInWord($0) && !$0.isWhitespace })
    if range.upperBound < words.count { snippet.text += " …" }
    return snippet
  }

  private static func text(
    _ item: Item, _ shape: Shape,
    _ read: (_ part: String, _ isMarkdown: Bool) -> String = { part, _ in part }
  ) -> String {
    let isMarkdown = BodyFormat.of(item, shape) == .markdown
    var (parts, room): ([String], Int) = ([], most)
    for (field, value) in zip(shape.fields, item.values)
    where field.has(.searchable) && !field.has(.title) {
      guard let text = value.text, !text.isEmpty, room > 0 else { continue }
      let part =
        text.utf8.count > room ? String(decoding: text.utf8.prefix(room), as: UTF8.self) : text
      room -= part.utf8.count
      parts.append(read(part, isMarkdown && field.has(.body)))
    }
    return parts.joined(separator: "\n")
  }
}
