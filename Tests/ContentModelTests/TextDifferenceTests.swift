import ContentModel
import Testing

/// Texts beside what they were, by lines and words.
struct TextDifferenceTests {
  /// The rows as one text: `[-gone-]{+new+}`, `…` for what was left out.
  private func shown(_ old: String, _ new: String) -> String {
    TextDifference(old, new).rows.map { row in
      switch row {
      case .omitted(let count): "… \(count)"
      case .line(let runs):
        runs.map { run in
          switch run.mark {
          case .same: run.text
          case .removed: "[-\(run.text)-]"
          case .inserted: "{+\(run.text)+}"
          case .omitted: "…"
          }
        }.joined()
      }
    }.joined(separator: "\n")
  }

  @Test func wordsAreToldApartByBlanksAndSigns() {
    #expect(shown("Dài 3 km", "Dài 5 km, rộng 4 m") == "Dài [-3-]{+5+} km{+, rộng 4 m+}")
    #expect(shown("Một con đường", "Một con ngõ nhỏ") == "Một con [-đường-]{+ngõ nhỏ+}")
    #expect(shown("giá 3,5 triệu", "giá 3,6 triệu") == "giá [-3,5-]{+3,6+} triệu")
    #expect(shown("(xem Điều 5).", "(xem Khoản 5).") == "(xem [-Điều-]{+Khoản+} 5).")
  }

  @Test func aCharacterIsNeverPartedFromItsMarks() {
    // The same letters but for their marks, composed and decomposed.
    #expect(shown("xã hòa bình ở đây", "xã hoà bình ở đây") == "xã [-hòa-]{+hoà+} bình ở đây")
    let decomposed = "xa\u{303} ho\u{300}a bi\u{300}nh ở đây"
    #expect(
      shown(decomposed, decomposed.replacing("bi\u{300}nh", with: "an"))
        == "xa\u{303} ho\u{300}a [-bi\u{300}nh-]{+an+} ở đây")
    #expect(shown("nhà 👩‍👩‍👧 vui lắm", "nhà 👩‍👧 vui lắm") == "nhà [-👩‍👩‍👧-]{+👩‍👧+} vui lắm")
    // Canonically equal, and yet another text.
    #expect(shown("một chữ é đó", "một chữ e\u{301} đó") == "một chữ [-é-]{+e\u{301}+} đó")
  }

  @Test func wordsNextToEachOtherAreReplacedTogether() {
    #expect(shown("a b c d e f g h", "a b x y e f g h") == "a b [-c d-]{+x y+} e f g h")
  }

  @Test func linesFarFromAChangeAreCounted() {
    let old = (1...9).map { "dòng \($0)" }.joined(separator: "\n")
    #expect(
      shown(old, old.replacing("dòng 5", with: "dòng năm"))
        == "… 3\ndòng 4\ndòng [-5-]{+năm+}\ndòng 6\n… 3")
    #expect(shown(old, old + "\ndòng 10") == "… 8\ndòng 9\n{+dòng 10+}")
    #expect(shown("a\nb\nc", "b\nc") == "[-a-]\nb\nc")
  }

  @Test func longLinesAreCutFarFromAChange() {
    let words = (1...60).map { "chữ\($0)" }
    let new = words.map { $0 == "chữ30" ? "khác" : $0 }
    #expect(
      shown(words.joined(separator: " "), new.joined(separator: " "))
        == "… chữ24 chữ25 chữ26 chữ27 chữ28 chữ29 [-chữ30-]{+khác+} chữ31 chữ32 chữ33 chữ34 chữ35 chữ36 …")
  }

  @Test func linesWithLittleInCommonAreShownWhole() {
    #expect(shown("một hai ba bốn", "năm sáu bảy ba") == "[-một hai ba bốn-]\n{+năm sáu bảy ba+}")
    #expect(!TextDifference("một hai", "ba").isRelated)
    #expect(shown("", "mới") == "{+mới+}")
    #expect(shown("cũ", "") == "[-cũ-]")
    #expect(shown("", "").isEmpty)
  }

  @Test func lineEndsThatComeAndGoAreSeen() {
    #expect(shown("một\n", "một") == "một\n[-⏎-]")
    #expect(shown("một hai\nba bốn", "một hai ba bốn") == "một hai[-⏎-]{+ +}ba bốn")
    #expect(shown("một hai ba bốn", "một hai\n\nba bốn") == "một hai[- -]{+⏎+}\n{+⏎+}\nba bốn")
    #expect(shown("một hai ba\r\nbốn", "một hai ba\nbốn") == "một hai ba[-⏎-]\nbốn")
  }

  @Test func theTwoTextsCanBeReadOffTheWords() throws {
    var random = Seeded(7)
    let vocabulary = ["lúa", "gạo", " ", " ", "\n", ",", "e\u{302}\u{323}", "🌾", "12", "."]
    for _ in 0..<300 {
      let (old, new) = (random.text(vocabulary, 30), random.text(vocabulary, 30))
      let runs = Alignment(TextPiece.words(old[...]), TextPiece.words(new[...])).runs
      let (before, after) = (TextPiece.words(old[...]), TextPiece.words(new[...]))
      #expect(runs.flatMap { before[$0.old] } == before)
      #expect(runs.flatMap { after[$0.new] } == after)
      for run in runs where run.isSame { #expect(before[run.old].elementsEqual(after[run.new])) }
      #expect(before.map { String($0.text) }.joined() == old)
    }
  }

  @Test func asMuchAsCanBeIsKept() {
    var random = Seeded(11)
    for _ in 0..<200 {
      let old = (0..<Int.random(in: 0...25, using: &random)).map { _ in Int.random(in: 0...4, using: &random)
      }
      let new = (0..<Int.random(in: 0...25, using: &random)).map { _ in Int.random(in: 0...4, using: &random)
      }
      let kept = Alignment(old, new).runs.reduce(0) { $0 + ($1.isSame ? $1.old.count : 0) }
      #expect(kept == Self.longest(old, new), "\(old) \(new)")
    }
  }

  /// The length of the longest common subsequence, by the table that everybody knows.
  private static func longest(_ old: [Int], _ new: [Int]) -> Int {
    var row = [Int](repeating: 0, count: new.count + 1)
    for element in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = element == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }

  /// Two texts of a megabyte that have the same few words in another order are the worst that can come.
  @Test func hostileTextsTakeNoMoreThanTheirShare() {
    var random = Seeded(3)
    for vocabulary in [["a", "b", " "], ["a\n", "b\n"], ["lúa ", "mía ", "ngô ", "khoai ", "sắn\n"]] {
      let (old, new) = (random.text(vocabulary, 1 << 18), random.text(vocabulary, 1 << 18))
      let rows = TextDifference(old, new).rows
      #expect(!rows.isEmpty)
    }
  }
}

extension Seeded {
  fileprivate init(_ seed: UInt64) { self.init(state: seed) }

  fileprivate mutating func text(_ vocabulary: [String], _ count: Int) -> String {
    (0..<count).map { _ in vocabulary[Int(next() % UInt64(vocabulary.count))] }.joined()
  }
}
