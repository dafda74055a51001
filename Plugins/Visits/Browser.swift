/// The family of a browser, by what it says of itself.
enum Browser {
  /// What counts programs that visit by themselves; they are no visitors.
  static let bot = "Bot"

  /// Marks of families in the order in which they decide: nearly all call themselves Mozilla, and those built on
  /// Chromium call themselves Chrome and Safari as well.
  private static let marks: [(mark: String, family: String)] = [
    ("edg/", "Edge"), ("edga/", "Edge"), ("edgios/", "Edge"), ("edge/", "Edge"),
    ("opr/", "Opera"), ("opera", "Opera"), ("coc_coc", "Cốc Cốc"), ("samsungbrowser/", "Samsung Internet"),
    ("ucbrowser/", "UC Browser"), ("yabrowser/", "Yandex"), ("vivaldi/", "Vivaldi"),
    ("zalo", "Zalo"), ("fban/", "Facebook"), ("fbav/", "Facebook"),
    ("firefox/", "Firefox"), ("fxios/", "Firefox"),
    ("crios/", "Chrome"), ("chrome/", "Chrome"), ("chromium/", "Chrome"),
    ("trident/", "Internet Explorer"), ("msie ", "Internet Explorer"), ("safari/", "Safari"),
  ]
  private static let bots = [
    "bot", "crawl", "spider", "slurp", "facebookexternalhit", "curl/", "wget/", "python-", "python/",
    "go-http-client", "java/", "okhttp", "libwww", "headless", "preview", "monitor", "lighthouse",
  ]

  /// `Chrome`, `Firefox`, …; `Bot` for programs and for who says nothing, `Other` for the rest.
  static func family(_ agent: String) -> String {
    // What follows is of no use, and may be as long as the visitor likes.
    let agent = agent.prefix(500).lowercased()
    if !agent.contains(where: { $0.isLetter }) || bots.contains(where: { agent.contains($0) }) { return bot }
    return marks.first { agent.contains($0.mark) }?.family ?? "Other"
  }
}
