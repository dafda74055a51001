import ContentModel
import Testing

@Suite struct WebAddressTests {
  @Test(arguments: [
    ("http://", "names no host"), ("http://a.vn:99999/", "“a.vn:99999” is no host"),
    ("https://a..vn/", "“a..vn” is no host"),
  ])
  func refusalsSayWhatIsWrong(text: String, why: String) {
    #expect { try WebAddress(text) } throws: { "\($0)".contains(why) }
  }

  @Test(arguments: [
    "https://example.vn", "http://example.vn/", "HTTPS://Example.VN/Tin?x=1#y",
    "https://tỉnh.vn/lúa gạo".replacing(" ", with: "%20"),
    "https://xn--tnh-fma9t.vn", "http://localhost:8080/a", "http://192.168.1.1", "http://[::1]:8080/",
    "https://a.b.",
    "https://example.vn/a(b)|{c}", "https://example.vn?x=user@example.vn", "https://my_host.vn/'",
    "https://日本.jp",
  ])
  func addressesOfTheWebAreKeptAsWritten(text: String) throws {
    #expect(try WebAddress(text).text == text)
  }

  @Test(arguments: [
    ("javascript:alert(1)", "https://"), ("java\nscript:alert(1)", "https://"),
    ("ftp://example.vn", "https://"), ("", "https://"),
    ("//example.vn", "https://"), ("example.vn", "https://"), ("mailto:a@b.vn", "https://"),
    ("https:/example.vn", "https://"),
    ("https://", "host"), ("https:///x", "host"), ("https://?x", "host"), ("https://.vn", "host"),
    ("https://a..b", "host"),
    ("https://-a.vn", "host"), ("https://:80", "host"), ("https://a:", "host"), ("https://a:0", "host"),
    ("https://a:70000", "host"),
    ("https://a:8o", "host"), ("https://[", "host"), ("https://[x]", "host"), ("https://a!b", "host"),
    ("https://lan:secret@example.vn", "user name"), ("https://example.vn@evil.vn", "user name"),
    ("https://example.vn/a b", "space"), (" https://example.vn", "https://"),
    ("https://example.vn\u{A0}", "space"),
    ("https://example.vn\\@evil.vn", "space"), ("https://example.vn/\"><script>", "space"),
    ("https://a\u{0}.vn", "space"),
    ("https://a\u{202E}.vn", "space"), ("https://a\u{200B}.vn", "space"),
    ("https://example.vn/" + String(repeating: "x", count: 5000), "longer"),
  ])
  func anythingElseIsRefusedWithTheReason(text: String, reason: String) {
    do {
      _ = try WebAddress(text)
      Issue.record("taken")
    } catch {
      #expect(error.message.contains(reason))
      #expect(!error.message.contains("\n") && error.message.count < 160)
    }
  }
}
