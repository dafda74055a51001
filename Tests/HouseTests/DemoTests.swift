import Foundation
import SenKernel
import SenTesting
import Testing

/// The demo site: every record of it has a home, and every line of its script goes through.
struct DemoTests {
  @Test func theDemoIsMadeWhole() throws {
    let folder = RoomsTests.root.appending(path: "Examples/Demo").path
    let more = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/more").sorted()
    let site = try TestSite(allPlugins)
    let records = try (["demo.ndjson"] + more.map { "more/\($0)" })
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
    let path = "\(site.folder)/demo.ndjson"
    try records.write(toFile: path, atomically: true, encoding: .utf8)
    let output = MemoryOutput()
    try site.run("import ndjson \"\(path)\"", output)
    let count = records.split(separator: "\n").count
    #expect(output.notes == ["created \(count), updated 0, skipped 0, failed 0"])
    let script = try String(contentsOfFile: "\(folder)/demo.sen", encoding: .utf8)
    for line in script.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(throws: Never.self, "\(line)") { try site.run(String(line)) }
    }
    #expect(try site.run("poll results viec-can-lam-truoc-nam-2027 --field votes") == "2\n3\n1\n1\n1\n")
    #expect(try site.run("article ratings nuoc-sach-ve-ban-khe-vang --field ratings") == "3\n")
    #expect(try site.run("photo list --filter album=lang-que-song-lam --format count") == "4\n")
    #expect(try site.run("question queue --field asker") == "Ông Đặng Hữu Phúc\n")
    #expect(try site.run("block list --format count") == "19\n")
    #expect(try site.notes("block list") == [])
    #expect(try site.run("document files quyet-dinh-1215-ho-tro-ocop --field downloads") == "2\n")
    // Every kind of block stands somewhere.
    let placed = Set(try site.run("block list --field kind").split(separator: "\n").map(String.init))
    #expect(placed == Set(site.site.registry.blocks.map(\.name)))
  }
}
