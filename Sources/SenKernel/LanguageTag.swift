import ContentModel

/// The names of languages, as pages and feeds give them: `vi`, `en`, `zh-Hant` (RFC 5646, of which the form is asked).
enum LanguageTag {
  static func check(_ text: String) throws(Refusal) {
    let isTag = text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
      (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    guard isTag else {
      throw Refusal(.invalid, "“\(text)” is no language", hint: "Examples: vi, en, zh-Hant")
    }
  }
}
