import Foundation
import Testing
import Web

@testable import WebServer

@Suite struct FileTests {
  /// A folder `media` with a link out of it, beside a secret.
  final class Media {
    let folder = FileManager.default.temporaryDirectory.path + "/sen-web-\(UUID().uuidString)"
    let picture = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    init() throws {
      let files = FileManager.default
      try files.createDirectory(atPath: folder + "/media/ab", withIntermediateDirectories: true)
      try Data(picture).write(to: URL(fileURLWithPath: folder + "/media/ab/lua.jpg"))
      try Data("<script>".utf8).write(to: URL(fileURLWithPath: folder + "/media/page.html"))
      try Data("secret".utf8).write(to: URL(fileURLWithPath: folder + "/secret.txt"))
      try files.createSymbolicLink(atPath: folder + "/media/link.txt", withDestinationPath: "../secret.txt")
      try files.createSymbolicLink(atPath: folder + "/media/out", withDestinationPath: "..")
    }

    deinit {
      do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }

    func serve() throws -> Served {
      let media = folder + "/media"
      return try Served { request in
        // As careless as a page can be.
        let name = request.query["f"] ?? request.path.segments.joined(separator: "/")
        return WebResponse(body: .file(WebFile(folder: media, name: name)))
      }
    }
  }

  @Test func aFileIsServedWholeAndInParts() throws {
    let media = try Media()
    let served = try media.serve()
    let whole = try served.get("/ab/lua.jpg")
    #expect(whole.status == 200)
    #expect(whole.body == media.picture)
    #expect(whole.headers["content-type"] == "image/jpeg")
    #expect(whole.headers["accept-ranges"] == "bytes")
    #expect(whole.headers["content-security-policy"]?.contains("sandbox") == true)
    #expect(whole.headers["content-encoding"] == nil)
    let tag = try #require(whole.headers["etag"])
    let modified = try #require(whole.headers["last-modified"])
    let part = try served.get("/ab/lua.jpg", "Range: bytes=200000-", "If-Range: \(tag)")
    #expect(part.status == 206)
    #expect(part.body == Array(media.picture[200_000...]))
    #expect(part.headers["content-range"] == "bytes 200000-299999/300000")
    #expect(try served.get("/ab/lua.jpg", "Range: bytes=0-1", "If-Range: \"x\"").status == 200)
    #expect(try served.get("/ab/lua.jpg", "Range: bytes=0-1", "If-Range: \(modified)").status == 206)
    let behind = try served.get("/ab/lua.jpg", "Range: bytes=300000-")
    #expect(behind.status == 416)
    #expect(behind.headers["content-range"] == "bytes */300000")
    #expect(try served.get("/ab/lua.jpg", "Range: bytes=0-1,5-6").body.count == 300_000)
    #expect(try served.get("/ab/lua.jpg", "If-None-Match: \(tag)").status == 304)
    #expect(try served.get("/ab/lua.jpg", "If-Modified-Since: \(modified)").status == 304)
    let head = try served.get("/ab/lua.jpg", method: "HEAD")
    #expect(head.headers["content-length"] == "300000")
  }

  @Test func whatIsNotKnownIsADownload() throws {
    let media = try Media()
    let page = try media.serve().get("/page.html")
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "application/octet-stream")
    #expect(page.headers["content-disposition"] == "attachment")
    #expect(page.headers["content-security-policy"]?.contains("sandbox") == true)
  }

  @Test(arguments: ["tieng.mp3": "audio/mpeg", "phim.WEBM": "video/webm", "phim.mp4": "video/mp4"])
  func whatIsPlayedMayBePlayedAndNothingElse(name: String, type: String) throws {
    let media = try Media()
    try Data("x".utf8).write(to: URL(fileURLWithPath: media.folder + "/media/\(name)"))
    let file = try media.serve().get("/\(name)")
    #expect(file.headers["content-type"] == type && file.headers["content-disposition"] == nil)
    #expect(
      file.headers["content-security-policy"]
        == "default-src 'none'; media-src 'self'; sandbox allow-same-origin")
  }

  @Test(arguments: [
    "/link.txt", "/out/secret.txt", "/?f=../secret.txt", "/?f=/etc/passwd", "/?f=", "/ab", "/?f=ab/./lua.jpg",
    "/none",
  ])
  func nothingLeadsOutOfTheFolder(target: String) throws {
    let media = try Media()
    let answer = try media.serve().get(target)
    #expect(answer.status == 404)
    #expect(!answer.text.contains("secret"))
  }

  @Test func aFileThatIsCutShortWhileItIsReadIsAFailureNotALie() throws {
    let media = try Media()
    let source = try FileSource(WebFile(folder: media.folder + "/media", name: "ab/lua.jpg"))
    try Data("short".utf8).write(to: URL(fileURLWithPath: media.folder + "/media/ab/lua.jpg"))
    let place = try FileSource(WebFile(folder: media.folder + "/media", name: "ab/lua.jpg"))
    #expect(place.size == 5)
    #expect(throws: POSIXError.self) { try place.read(at: 0, 6) }
    #expect(source.tag != place.tag)
  }
}
