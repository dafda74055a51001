import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// In which state records come in that do not say it.
struct ImportStateTests {
  private let test: TestSite

  init() throws { test = try TestSite([NewsPlugin()]) }

  private func bring(_ format: String, _ lines: [String]) throws {
    let path = "\(test.folder)/data"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    try test.run("import \(format) \(path)\(format == "csv" ? " --noun article" : "")")
  }

  @Test func tagsThatRecordsNameArePublic() throws {
    try bring("ndjson", [#"{"type":"article","title":"Tin một","state":"published","tags":["lúa","đường"]}"#])
    try bring("csv", ["title,tags", #"Tin hai,"lúa,chợ""#])
    #expect(
      try test.run("tag list --filter state=published --sort title --field title") == "chợ\nđường\nlúa\n")
    let id = try #require(Int64(test.run("tag show lua --field id").dropLast()))
    #expect(try test.look { try $0.item(id) } != nil)
  }

  @Test func whatArrangesTheSiteIsPublicUnlessItSaysOtherwise() throws {
    try bring(
      "ndjson",
      [
        #"{"type":"tag","title":"lúa"}"#, #"{"type":"category","title":"Tin tức"}"#,
        #"{"type":"category","title":"Nháp","state":"draft"}"#, #"{"type":"source","title":"Báo"}"#,
        #"{"type":"topic","title":"Mùa vụ"}"#, #"{"type":"article","title":"Tin một","category":"tin-tuc"}"#,
      ])
    for (noun, slug, state) in [
      ("tag", "lua", "published"), ("category", "tin-tuc", "published"), ("category", "nhap", "draft"),
      ("source", "bao", "published"), ("topic", "mua-vu", "published"), ("article", "tin-mot", "draft"),
    ] {
      #expect(try test.run("\(noun) show \(slug) --field state") == state + "\n", "\(noun)")
    }
    // What is there already stays as it is.
    try test.run("category set tin-tuc state=archived")
    try bring("ndjson", [#"{"type":"category","slug":"tin-tuc","title":"Tin tức mới"}"#])
    #expect(
      try test.run("category show tin-tuc --fields title,state --format csv").contains("Tin tức mới,archived")
    )
  }
}
