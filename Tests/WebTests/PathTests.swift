import Testing
import Web

@Suite struct PathTests {
  @Test func aPathIsDecodedOnce() throws {
    let path = try RequestPath("/tin-tuc/l%C3%BAa%20m%E1%BB%9Bi/")
    #expect(path.segments == ["tin-tuc", "lúa mới"])
    #expect(path.endsWithSlash)
    #expect(path.text == "/tin-tuc/lúa mới/")
    #expect(try RequestPath("/").segments.isEmpty)
    #expect(try RequestPath("/%2541").segments == ["%41"])
    #expect(try RequestPath("/.well-known/a..b/c.html").text == "/.well-known/a..b/c.html")
    #expect(try RequestPath("/tin-tuc/lúa").text == "/tin-tuc/lúa")
  }

  @Test(arguments: [
    "", "x", "/../x", "/a/%2e%2e/b", "/a/..", "/.", "/a/%2E/b", "/a%2fb", "/..%2fetc%2fpasswd", "/a\\b",
    "/a%5cb",
    "/%00", "/a%0d%0ab", "/%7f", "/%", "/%4", "/%zz", "//host/x", "/a//b", "/%c0%ae%c0%ae/", "/%ff",
    "/%ed%a0%80",
  ])
  func whatNobodyHonestSendsIsRefused(path: String) {
    #expect(throws: WebProblem.self) { try RequestPath(path) }
  }

  @Test func aQueryAndAFormAreReadAlike() throws {
    let request = try WebRequest(.get, "/tim?q=l%C3%BAa+m%E1%BB%9Bi&page=2&tag=a&tag=b&x=100%&y")
    #expect(request.rawPath == "/tim")
    #expect(request.query["q"] == "lúa mới")
    #expect(request.query.all("tag") == ["a", "b"])
    #expect(request.query["x"] == "100%")
    #expect(request.query["y"] == "")
    #expect(request.query["z"] == nil)
  }

  @Test func aFormHasItsBounds() throws {
    let many = (0..<600).map { "f\($0)=1" }.joined(separator: "&")
    #expect(throws: WebProblem.self) { try FormData(parsing: many.utf8) }
    #expect(throws: WebProblem.self) { try FormData(parsing: "a=%00".utf8) }
    #expect(try FormData(parsing: "a=%ff".utf8)["a"] == "\u{FFFD}")
    let form: FormData = ["q r": "lúa &=+%41 mới", "x": ""]
    #expect(try FormData(parsing: form.encoded.utf8) == form)
  }

  @Test func headersAndCookiesAreFoundWhateverTheirCase() throws {
    let request = try WebRequest(
      .get, "/", headers: ["COOKIE": "a=1; b=\"x y\" ;c", "cookie": "d=2"], host: "example.org")
    #expect(request.headers["Cookie"] == "a=1; b=\"x y\" ;c")
    #expect(request.cookie("b") == "x y")
    #expect(request.cookie("d") == "2")
    #expect(request.cookie("c") == nil)
  }

  @Test func aCookieIsOutOfReachOfScripts() throws {
    let cookie = try #require(SetCookie("sid", "abc", maxAge: 60, isSecure: true))
    #expect(cookie.header == "sid=abc; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax")
    #expect(SetCookie("sid", "a;b", isSecure: false) == nil)
    #expect(SetCookie("s id", "a", isSecure: false) == nil)
    #expect(SetCookie("sid", "a\r\nX: y", isSecure: false) == nil)
  }
}
