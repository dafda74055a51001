import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// A picture is one by its bytes, whatever it is called.
struct MediaContentTests {
  let test: TestSite

  init() throws { test = try TestSite([NewsPlugin()]) }

  private func file(_ name: String, _ bytes: Data) throws -> String {
    let path = "\(test.folder)/\(name)"
    try bytes.write(to: URL(filePath: path))
    return path
  }

  @Test(arguments: [
    ("page.html", "<!doctype html><p>x", "is text, not a picture"),
    ("page.jpg", "<!doctype html><p>x", "is text, not a picture"),
    ("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "is SVG, which can hold scripts"),
    ("logo.png", "<svg xmlns='http://www.w3.org/2000/svg'/>", "is SVG, which can hold scripts"),
    ("a.jpg", "%PDF-1.4\u{1}", "is no picture: it begins like none"), ("b.png", "", "is empty"),
  ])
  func whatIsNoPictureIsRefusedWhereOneIsWanted(name: String, text: String, problem: String) throws {
    let path = try file(name, Data(text.utf8))
    try test.run("article create Tin")
    for line in [
      "article create A --cover \(path)", "article set tin cover=\(path)",
      "category create A --image \(path)",
      "source create A --logo \(path)", "article create A --cover \(path) --dry-run",
    ] {
      let refusal = test.refusal(line)
      #expect(refusal?.message.hasSuffix(": \(problem)") == true && refusal?.code == .invalid, "\(line)")
    }
    #expect(test.refusal("article set tin cover=\(path)")?.field == "cover")
    #expect(try test.site.mediaFiles().isEmpty)
    // What the site has by another way is looked at as well.
    let known = String(try test.run("media add \(path)").dropLast())
    #expect(test.refusal("article set tin cover=\(known)")?.message == "cover: \(problem)")
  }

  @Test func aPictureIsTakenByItsPathAndByItsName() throws {
    let path = try file("lua.jpg", test.site.pictures.draw(seed: 1, width: 60, height: 40))
    try test.run("article create Tin --cover \(path)")
    let name = String(try test.run("article show tin --field cover").dropLast())
    try test.run("article create 'Tin hai' --cover \(name)")
    try test.run("article create 'Tin ba' --cover article:tin")
    #expect(try test.run("article show tin-ba --field cover") == name + "\n")
  }

  @Test func theDoctorNamesWhatIsNoPicture() throws {
    _ = try file("trang.jpg", Data("<p>x".utf8))
    _ = try file("a.ndjson", Data(#"{"type":"article","title":"Tin","cover":{"file":"trang.jpg"}}"#.utf8))
    try test.run("import ndjson \(test.folder)/a.ndjson --media \(test.folder)")
    let name = String(try test.run("article show tin --field cover").dropLast())
    let id = String(try test.run("article show tin --field id").dropLast())
    let output = MemoryOutput()
    #expect(throws: (any Error).self) { try test.run("site doctor", output) }
    #expect(
      output.notes.contains("article \(id): the file of cover is text, not a picture (\(name))"),
      "\(output.notes)")
    try test.run("article set tin cover=")
    try test.run("site doctor")
  }
}
