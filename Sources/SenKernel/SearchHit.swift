import ContentModel
import Foundation
import Storage
import Vietnamese

/// What people see of a hit.
enum SearchHit {
  /// How many of the terms occur with exactly the accents that were typed.
  static func exactMatches(_ search: Search, _ item: Item, _ shape: Shape) -> Int {
    let text = self.text(item, shape).lowercased()
    return search.terms.count { term in
      let word = Normalization.nfc(term.text.lowercased()).trimmingCharacters(in: ["*", "\""])
      return text.contains(word)
    }
  }

  /// About 120 characters of the original text around the first hit.
  static func snippet(_ search: Search, _ item: Item, _ shape: Shape) -> String {
    let words = SearchText.plain(text(item, shape)).split(whereSeparator: \.isWhitespace)
    let wanted = search.terms.flatMap { term in
      Folding.fold(term.text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    let hit = words.firstIndex { word in
      let folded = Folding.fold(String(word))
      return wanted.contains { folded.contains($0) }
    }
    let start = max(0, (hit ?? 0) - 6)
    let end = min(words.count, start + 22)
    return (start > 0 ? "… " : "") + words[start..<end].joined(separator: " ")
      + (end < words.count ? " …" : "")
  }

  private static func text(_ item: Item, _ shape: Shape) -> String {
    var parts: [String] = []
    for (field, value) in zip(shape.fields, item.values) where field.has(.searchable) && !field.has(.title) {
      if let text = value.text { parts.append(text) }
    }
    return parts.joined(separator: "\n")
  }
}
