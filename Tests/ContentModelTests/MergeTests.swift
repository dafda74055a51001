import ContentModel
import Testing

/// Two people change one thing.
struct MergeTests {
  private typealias Letters = SequenceMerge<Character>

  /// The merged letters; what collides as `{mine|base|theirs}`.
  private func merged(_ base: String, _ mine: String, _ theirs: String) -> String {
    Letters(base: Array(base), mine: Array(mine), theirs: Array(theirs)).pieces.map { piece in
      switch piece {
      case .settled(let letters): String(letters)
      case .conflict(let base, let mine, let theirs):
        "{\(String(mine))|\(String(base))|\(String(theirs))}"
      }
    }.joined()
  }

  @Test func changesAtDifferentPlacesAreBothKept() {
    #expect(merged("abcdef", "aXcdef", "abcdYf") == "aXcdYf")
    #expect(merged("abcdef", "abef", "Zabcdef") == "Zabef")
    #expect(merged("abc", "abc", "x") == "x")
    #expect(merged("abc", "x", "abc") == "x")
    #expect(merged("", "", "") == "")
  }

  @Test func changesSideBySideDoNotCollide() {
    #expect(merged("abcd", "aXcd", "abYd") == "aXYd")
    #expect(merged("abcd", "abXcd", "abYd") == "abXYd")
    #expect(merged("abcd", "aXcd", "abZcd") == "aXZcd")
  }

  @Test func theSameChangeIsMadeOnce() {
    #expect(merged("abc", "aXc", "aXc") == "aXc")
    #expect(merged("abc", "abc+", "abc+") == "abc+")
    #expect(merged("abc", "ac", "ac") == "ac")
  }

  @Test func whatCollidesIsKeptApartFromWhatDoesNot() {
    #expect(merged("abcde", "aXcdE", "aYcde") == "a{X|b|Y}cdE")
    #expect(merged("ab", "aXb", "aYb") == "a{X||Y}b")
    #expect(merged("abcd", "acd", "aXcd") == "a{|b|X}cd")
    #expect(merged("", "x", "y") == "{x||y}")
    // One change of theirs stands over two of mine.
    #expect(merged("abcdefg", "aXcdYfg", "aZg") == "a{XcdYf|bcdef|Z}g")
  }

  @Test func neitherSideIsEverLost() {
    var random = Seeded(state: 5)
    func letters(_ count: Int, _ random: inout Seeded) -> [Int] {
      (0..<count).map { _ in Int(random.next() % 6) }
    }
    for _ in 0..<500 {
      let base = letters(12, &random)
      func changed(_ random: inout Seeded) -> [Int] {
        var list = base
        for _ in 0..<3 {
          let place = Int(random.next() % UInt64(list.count))
          if random.next() % 2 == 0 {
            list.remove(at: place)
          } else {
            list.insert(Int(10 + random.next() % 50), at: place)
          }
        }
        return list
      }
      let (mine, theirs) = (changed(&random), changed(&random))
      let merge = SequenceMerge(base: base, mine: mine, theirs: theirs)
      let (swapped, alone) = (
        SequenceMerge(base: base, mine: theirs, theirs: mine),
        SequenceMerge(base: base, mine: mine, theirs: base)
      )
      #expect(alone.merged == mine)
      #expect(swapped.merged == merge.merged)
      // Each new element is in what is settled, or shown.
      let shown = merge.pieces.flatMap { piece in
        switch piece {
        case .settled(let elements): elements
        case .conflict(_, let mine, let theirs): mine + theirs
        }
      }
      #expect(Set(shown).isSuperset(of: Set(mine + theirs).filter { $0 >= 10 }))
    }
  }

  @Test func setsGainAndLoseWhatEitherHasAddedAndTakenAway() {
    func set(_ base: String, _ mine: String, _ theirs: String) -> String? {
      SetMerge.merged(base: Array(base), mine: Array(mine), theirs: Array(theirs)).map { String($0) }
    }
    #expect(set("abc", "abcX", "abcY") == "abcXY")
    #expect(set("abc", "bc", "abY") == "bY")
    #expect(set("abc", "Xabc", "abc") == "Xabc")
    #expect(set("abc", "cba", "abcY") == "cYba")
    #expect(set("abc", "abcX", "bac") == "bacX")
    #expect(set("abc", "cab", "bca") == nil)
    #expect(set("abc", "cab", "cabY") == "cabY")
    #expect(set("ab", "", "abc") == "c")
  }
}
