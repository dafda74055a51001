import SenTesting
import Testing

@testable import Rendering

/// What of a picture must not be cut off stays in sight where the theme cuts it, by classes: styles of their own are
/// forbidden to pages.
struct FocusTests {
  @Test func aPictureSaysWhatOfItStaysInSight() throws {
    let site = try ThemeSite()
    let paths = ["/", "/album/", "/album/lang-que/", "/photo/ruong/"]
    let before = try paths.map { try site.page($0, of: site.maker()) }
    #expect(before.allSatisfy { !$0.contains("<img class=") })
    try site.test.run("photo set ruong focalX=0.31 focalY=1")
    let maker = try site.maker()
    for path in paths {
      #expect(try site.page(path, of: maker).contains("<img class=\"x3 y10\" src="), "\(path)")
    }
    try site.test.run("photo set ruong focalX=0.46 focalY=0.54")
    #expect(try zip(paths, before).allSatisfy { try site.page($0, of: site.maker()) == $1 })
  }

  @Test func everyClassIsInTheStyleSheet() throws {
    let sheet = String(decoding: try #require(DefaultTheme.files["style.css"]), as: UTF8.self)
    for tenth in 0...10 where tenth != 5 {
      for axis in ["x", "y"] {
        #expect(sheet.contains(".\(axis)\(tenth) { --\(axis): \(tenth * 10)%; }"))
      }
    }
    let cutting = sheet.split(separator: "\n").filter { $0.contains("object-fit: cover") }
    #expect(cutting.count == 2 && cutting.allSatisfy { $0.contains("var(--x, 50%) var(--y, 50%)") })
  }
}
