import Foundation
import Testing
import Vietnamese

@Suite(.enabled(if: RealTexts.isThere, "The texts beside the project are not at hand"))
struct RealTextTests {
  @Test func marksAreRemovedAsTheListExpects() throws {
    for row in try RealTexts.table("strings/vi-remove-tone.tsv").dropFirst() where row.count == 3 {
      #expect(Folding.fold(row[1]) == row[2].lowercased(), "\(row[0])")
    }
  }

  @Test func bothPlacementsOfAToneAreOneSpelling() throws {
    for row in try RealTexts.table("strings/vi-tone-pairs-attested.tsv").dropFirst() {
      #expect(Folding.fold(row[0]) == Folding.fold(row[1]))
      #expect(Spelling.key(row[0]) == Spelling.key(row[1]))
    }
  }

  @Test func naughtyStringsDoNoHarm() throws {
    for text in try RealTexts.naughty() {
      let slug = Slugs.make(text)
      #expect(slug.isEmpty || Slugs.isSlug(slug))
      #expect(Folding.fold(text.nfc).bytes == Folding.fold(text.nfd).bytes)
      #expect(SortKey.make(text) == SortKey.make(text.nfd))
      #expect(Normalization.nfc(text).bytes == text.nfc.bytes)
    }
  }

  @Test func articlesFoldAlikeInBothForms() throws {
    let articles = try RealTexts.articles()
    #expect(articles.count > 400)
    for article in articles {
      #expect(Folding.fold(article).bytes == Folding.fold(article.nfd).bytes)
      #expect(Normalization.nfc(article.nfd).bytes == article.nfc.bytes)
      for line in article.split(separator: "\n") {
        let slug = Slugs.make(String(line))
        #expect(slug.isEmpty || Slugs.isSlug(slug) && slug.utf8.count <= Slugs.longest)
      }
    }
  }

  @Test func wordsSortAsTheSlowDefinitionSortsThem() throws {
    var random = Seeded(6)
    let words = try RealTexts.lines("strings/vi-wordlist/Viet74K.txt").shuffled(using: &random)
    var known: [(word: String, ranks: (letters: [Int], tones: [Int]))] = []
    for word in words.prefix(20_000) {
      if let ranks = SlowOrder.ranks(word) { known.append((word, ranks)) }
    }
    #expect(known.count > 10_000)
    let slow = known.sorted { SlowOrder.precedes($0.ranks, $1.ranks) }
    for (one, next) in zip(slow, slow.dropFirst()) {
      let (a, b) = (SortKey.make(one.word), SortKey.make(next.word))
      let isBefore = SlowOrder.precedes(one.ranks, next.ranks)
      #expect(isBefore ? a.lexicographicallyPrecedes(b) : a == b, "\(one.word), \(next.word)")
    }
  }
}
