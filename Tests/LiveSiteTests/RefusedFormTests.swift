import Foundation
import Polls
import Questions
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// Nobody writes a question twice: a form that is refused comes back as it was sent, with what is wrong beside each field.
struct RefusedFormTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite
  private let ask = "/questiongroup/chinh-sach/ask"

  init() throws {
    let clock = clock
    site = try TestSite([PollsPlugin(), QuestionsPlugin()]) { clock.now }
    try site.run("questiongroup create 'Chính sách' --state published")
    live = try LiveSite(site)
  }

  /// What a citizen typed: marks, line ends, and what must not become markup.
  private let written = "Dòng một\r\n\r\n</textarea><script>alert('ế')</script> & \"hết\""

  private func element(_ start: String, _ page: String) throws -> String {
    let found = try #require(page.range(of: start), "\(start)")
    return String(page[found.lowerBound...].prefix { $0 != ">" }) + ">"
  }

  @Test func whatWasWrittenStaysAndEachErrorIsBesideItsField() throws {
    let response = try live.post(
      ask,
      [("title", " "), ("text", written), ("name", String(repeating: "á", count: 101)), ("place", "Xã A")])
    let page = response.text
    // A browser may keep it while it is open, so that Back leads to what was written.
    #expect(response.status == 422 && response.headers["Cache-Control"] == "private, no-cache")
    #expect(page.contains("<h1>Chính sách</h1>") && page.contains("<title>Chưa gửi được – Chính sách"))
    let title = try element("<input id=\"field-title\"", page)
    #expect(title.contains("aria-invalid=\"true\" aria-describedby=\"error-title\""))
    #expect(page.contains("<p class=\"error\" id=\"error-title\">Xin điền ô này.</p>"))
    let name = try element("<input id=\"field-name\"", page)
    #expect(name.contains("aria-describedby=\"error-name help-name\"") && name.contains("value=\"ááá"))
    #expect(page.contains("id=\"error-name\">Dài quá; số ký tự nhiều nhất: 100.</p>"))
    let place = try element("<input id=\"field-place\"", page)
    #expect(place.contains("value=\"Xã A\"") && !place.contains("aria-invalid"))
    // A line end behind the tag is the browser's to drop; the first of the text is not.
    #expect(
      page.contains(
        ">\nDòng một\r\n\r\n&lt;/textarea&gt;&lt;script&gt;alert(&#39;ế&#39;)&lt;/script&gt; &amp; &quot;hết&quot;</textarea>"
      ))
    // The summary leads to the fields, and is where the reader is first.
    let summary = try element("<div class=\"notice errors\"", page)
    #expect(summary.contains("role=\"alert\" tabindex=\"-1\" autofocus"))
    #expect(page.contains("<a href=\"#field-title\">Câu hỏi ngắn gọn</a>: Xin điền ô này."))
    #expect(page.contains("<a href=\"#field-name\">"))
    #expect(page.contains("noindex") && !page.contains("rel=\"canonical\""))
    #expect(try site.run("question list --format count") == "0\n")
    // Sent again as the page has it, with what was missing.
    let token = try #require(page.firstMatch(of: /name="token" value="([^"]+)"/)).output.1
    let sent = try live.post(ask, [("title", "Khi nào?"), ("text", written)], token: String(token))
    #expect(sent.status == 303)
  }

  @Test func itIsTheSameInEnglish() throws {
    try site.run("config set language en")
    let page = try live.post(ask, [("title", ""), ("text", "Please")]).text
    #expect(
      page.contains("id=\"error-title\">Please fill this in.</p>") && page.contains(">\nPlease</textarea>"))
    #expect(page.contains("<title>Not sent – "))
  }

  @Test func aFormThatWasKeptTooLongComesBackFilledIn() throws {
    let page = try live.post(ask, [("title", "Khi nào?"), ("text", "Xin hỏi")], token: "x")
    #expect(page.status == 422 && page.text.contains("xin gửi lại"))
    #expect(page.text.contains("value=\"Khi nào?\"") && page.text.contains(">\nXin hỏi</textarea>"))
    #expect(!page.text.contains("aria-invalid"))
  }

  @Test func whereTheFormIsGoneTheWordsAreNot() throws {
    try site.run("questiongroup set chinh-sach isOpen=no")
    let page = try live.post(ask, [("title", "Khi nào?"), ("text", "<b>Xin</b> hỏi")])
    #expect(page.status == 409 && !page.text.contains("<textarea"))
    #expect(page.text.contains("<dd class=\"written\">&lt;b&gt;Xin&lt;/b&gt; hỏi</dd>"))
  }

  @Test func choicesStayChosen() throws {
    try site.run("poll create 'Gì?' --options A --options B --options C --mostChoices 1 --state published")
    let path = "/poll/gi/vote"
    let page = try live.post(path, [("option", "1"), ("option", "3")])
    #expect(page.status == 422)
    #expect(page.text.contains("value=\"1\" id=\"field-option\" checked required"))
    #expect(page.text.contains("value=\"2\" required") && page.text.contains("value=\"3\" checked required"))
    #expect(page.text.contains("id=\"error-option\">Nhiều quá; số lựa chọn nhiều nhất: 1.</p>"))
    #expect(try live.post(path, [("option", "9")]).text.contains("id=\"error-option\">Chưa đúng"))
    #expect(try live.post(path, []).text.contains("id=\"error-option\">Xin điền ô này."))
  }

  @Test func whatCameTooEarlyIsGivenBack() throws {
    var request = try WebRequest(.post, ask, form: ["title": "Khi nào?", "text": written])
    let page = live.responder.page(of: .tooMany(retryAfter: 3), for: request)
    #expect(page.status == 429 && page.headers["Retry-After"] == "3")
    #expect(page.text.contains("<h1>Chính sách</h1>") && page.text.contains("value=\"Khi nào?\""))
    #expect(page.text.contains(">\nDòng một\r\n\r\n&lt;/textarea&gt;"))
    #expect(page.text.contains("role=\"alert\"") && page.text.contains("xin chờ ít phút rồi gửi lại"))
    // Where nothing was read there is nothing to be given back.
    request.form = FormData()
    #expect(
      live.responder.page(of: .tooMany(retryAfter: 3), for: request).headers["Cache-Control"] == "no-store")
  }

  @Test func whoseTextWasTooLargeToBeReadIsToldWhatToShorten() throws {
    let page = live.responder.page(of: WebProblem(413, "Too large."), for: try WebRequest(.post, ask))
    #expect(page.status == 413 && page.text.contains("nút Quay lại"))
    #expect(page.text.contains("Phần cần rút ngắn: Nội dung"), "\(page.text)")
    let elsewhere = live.responder.page(of: WebProblem(413, "Too large."), for: try WebRequest(.post, "/"))
    #expect(elsewhere.status == 413 && !elsewhere.text.contains("Phần cần rút ngắn"))
    // The page that one goes back to may be kept.
    #expect(try live.get("/questiongroup/chinh-sach/").headers["Cache-Control"] == "no-cache")
  }
}
