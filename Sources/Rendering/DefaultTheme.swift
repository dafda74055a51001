/// Sen's own theme, part of the program.
enum DefaultTheme {
  /// Every file of `Theme/`; a test holds the list against the folder.
  private static let all: [(name: String, bytes: [UInt8])] = [
    ("block-latest-news.mustache", PackageResources.block_latest_news_mustache),
    ("block.mustache", PackageResources.block_mustache),
    ("contents-entries.mustache", PackageResources.contents_entries_mustache),
    ("contents.mustache", PackageResources.contents_mustache),
    ("front.mustache", PackageResources.front_mustache),
    ("head.mustache", PackageResources.head_mustache),
    ("layout.mustache", PackageResources.layout_mustache),
    ("list.mustache", PackageResources.list_mustache),
    ("notice.mustache", PackageResources.notice_mustache),
    ("page.mustache", PackageResources.page_mustache),
    ("paging.mustache", PackageResources.paging_mustache),
    ("search.mustache", PackageResources.search_mustache),
    ("style.css", PackageResources.style_css),
    ("teaser.mustache", PackageResources.teaser_mustache),
    ("trail.mustache", PackageResources.trail_mustache),
  ]

  static let templates = Dictionary(
    uniqueKeysWithValues: all.filter { $0.name.hasSuffix(".mustache") }.map {
      (String($0.name.dropLast(9)), String(decoding: $0.bytes, as: UTF8.self))
    })
  static let files = Dictionary(
    uniqueKeysWithValues: all.filter { !$0.name.hasSuffix(".mustache") }.map { ($0.name, $0.bytes) })
  /// For `theme export`.
  static let everything = all
}
