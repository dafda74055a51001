import ContentModel
import SenKernel
import SenTesting
import Testing

@Suite struct SiteAddressTests {
  @Test(arguments: [
    ("https://Tree.example", "https://tree.example", ""),
    ("HTTPS://tree.example:443/", "https://tree.example", ""),
    ("http://tree.example:80", "http://tree.example", ""),
    ("http://tree.example:443", "http://tree.example:443", ""),
    ("https://tree.example:08443", "https://tree.example:8443", ""),
    ("https://Thử-Nghiệm.example.vn", "https://xn--th-nghim-l70dko.example.vn", ""),
    ("https://xn--th-nghim-l70dko.example.vn", "https://xn--th-nghim-l70dko.example.vn", ""),
    ("http://[::1]:8080/", "http://[::1]:8080", ""), ("https://my_host.vn", "https://my_host.vn", ""),
    ("https://x.example/?a=b", "https://x.example", ""), ("https://x.example#f", "https://x.example", ""),
    ("https://x.example/Cổng//", "https://x.example", "/C%E1%BB%95ng"),
    ("https://x.example/portal?a", "https://x.example", "/portal"),
  ])
  func whateverIsWrittenHasOneForm(text: String, origin: String, path: String) throws {
    let address = SiteAddress(try WebAddress(text))
    #expect(address.origin == origin && address.path == path)
    #expect(address.text == origin + path)
    let again = SiteAddress(try WebAddress(address.readable))
    #expect(again.text == address.text && again.readable == address.readable)
  }

  @Test func itIsKeptInThatForm() throws {
    let site = try TestSite([])
    try site.run("config set address HTTPS://Thử-Nghiệm.example.VN:443/")
    #expect(try site.run("config get address") == "https://thử-nghiệm.example.vn\n")
    #expect(site.site.settings.place?.text == "https://xn--th-nghim-l70dko.example.vn")
    for text in ["https://x.example/?a=b", "https://x.example/#f", "https://x.example?"] {
      let refusal = #expect(throws: Refusal.self) { try site.run("config set address '\(text)'") }
      #expect(refusal?.code == .invalid)
      #expect(refusal?.hint == "Without it: sen config set address https://x.example")
    }
    let output = MemoryOutput()
    try site.run("config set address https://x.example/portal/", output)
    #expect(try site.run("config get address") == "https://x.example/portal\n")
    #expect(output.notes.contains { $0.contains("Pages lie below /portal") })
  }

  /// What earlier versions took.
  @Test func whatIsStoredAlreadyGoesOn() throws {
    let site = try TestSite([])
    try site.site.write { operation in
      try operation.set(setting: "address", to: .text("https://X.example:443/portal/?a=b#c"))
    }
    try site.site.reloadSettings()
    #expect(site.site.settingFaults.isEmpty)
    #expect(site.site.settings.place?.text == "https://x.example/portal")
  }
}
