import ContentModel
import Foundation

@testable import Grammar
@testable import Vietnamese

/// Single values: dates, numbers, references, addresses; and the rules of Vietnamese text.
extension Reader {
  static let values = [value, vietnamese]

  private static let value = Reader(
    name: "value",
    words: [
      "hôm nay", "thứ hai", "tomorrow", "8h30", "08:00:30", "+07:00", "2026-11-24", "24/11/2026",
      "T08:00:00Z", "+2d",
      "99999999999999999999", "10-20", "@last", "field+=", "https://", "http://[::1]", "xn--", "%00", "1e308",
      "có",
    ], most: 2048
  ) {
    let zone = TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt
    let now = Date(timeIntervalSince1970: 1_795_000_000)
    let kinds: [ValueKind] = [
      .text, .integer, .real, .bool, .date, .choice(["draft", "published"]), .expression(noun: "article"),
      .reference(noun: "article"), .field(noun: "article"), .path,
    ]
    return { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let date = try readOrRefused({ try DateText.parse(text, now: now, timeZone: zone) }) {
        let written = Timestamp.text(date)
        try hold(written.utf8.count == 20 && Timestamp.date(written) != nil, "no moment: \(written)")
        _ = (VietnameseDate.text(date, timeZone: zone), PlainDate.text(date, timeZone: zone))
      }
      if let date = Timestamp.date(text) {
        try hold(Timestamp.date(Timestamp.text(date)) == date, "another moment: \(text)")
      }
      try readOrRefused { _ = try DurationText.parse(text) }
      try readOrRefused { _ = try ReferenceText.parse(text) }
      try readOrRefused { _ = try Assignment.parse(text) }
      if let address = try readOrRefused({ try WebAddress(text) }) {
        try hold(WebAddress(address.text) == address, "another address: \(address.text)")
      }
      for kind in kinds { try readOrRefused { try kind.check(text, "--x") } }
      _ = (MediaName.isName(text), UID.isUID(text), BoolText.parse(text))
      _ = Suggestion.nearest(text, in: ["article", "bài viết", "categories"])
      if let number = Double(text) {
        _ = (
          VietnameseNumber.text(number), VietnameseNumber.percent(number),
          VietnameseNumber.text(number, decimals: 3)
        )
      }
      if let number = Int64(text) { _ = VietnameseNumber.text(number) }
    }
  }

  private static let vietnamese = Reader(
    name: "vietnamese",
    words: ["ấ", "Đ", "ð", "\u{301}", "\u{323}", "\u{31B}", "oà", "uý", "ﬁ", "İ", "👩‍🌾", "\u{0}", "…"],
    most: 4096
  ) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let folded = Folding.fold(text)
      try hold(folded == Folding.general(text), "the short way folds otherwise: \(text)")
      try hold(
        Folding.fold(text.decomposedStringWithCanonicalMapping) == folded, "NFD folds otherwise: \(text)")
      let slug = Slugs.make(text)
      try hold(slug.isEmpty || Slugs.isSlug(slug) && slug.utf8.count <= Slugs.longest, "no slug: \(slug)")
      let key = SortKey.make(text)
      try hold(key == SortKey.general(text), "the short way sorts otherwise: \(text)")
      try hold(key == SortKey.make(Normalization.nfc(text)), "NFC sorts otherwise: \(text)")
      _ = Spelling.key(text)
    }
  }
}
