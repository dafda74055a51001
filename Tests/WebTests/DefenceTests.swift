import Foundation
import Testing
import Web

@Suite struct DefenceTests {
  private func refusal(_ headers: WebHeaders, _ method: WebMethod = .post) throws -> Int? {
    RequestForgery.refusal(of: try WebRequest(method, "/", headers: headers, host: "Example.org:443"))?.status
  }

  @Test func aFormOfAnotherSiteIsRefused() throws {
    #expect(try refusal(["Sec-Fetch-Site": "cross-site"]) == 403)
    #expect(try refusal(["Sec-Fetch-Site": "same-site"]) == 403)
    #expect(try refusal(["Sec-Fetch-Site": "same-origin", "Origin": "https://example.org"]) == nil)
    #expect(try refusal(["Sec-Fetch-Site": "none"]) == nil)
    #expect(try refusal(["Origin": "https://example.org"]) == nil)
    #expect(try refusal(["Origin": "https://example.org.evil.net"]) == 403)
    #expect(try refusal(["Origin": "https://example.org:8443"]) == 403)
    #expect(try refusal(["Origin": "null"]) == 403)
    #expect(try refusal([:]) == nil)
    #expect(try refusal(["Sec-Fetch-Site": "cross-site"], .get) == nil)
    #expect(try refusal(["Sec-Fetch-Site": "cross-site"], .other("DELETE")) == 403)
  }

  @Test func aTokenIsGoodForItsPurposeAndTimeOnly() throws {
    let now = Date(timeIntervalSince1970: 1000)
    let signed = try SignedValues(key: [UInt8](repeating: 7, count: 32))
    let token = try signed.token(for: "an@example.org lúa", purpose: "subscribe", until: now + 60)
    #expect(try signed.value(of: token, purpose: "subscribe", now: now) == "an@example.org lúa")
    #expect(token.utf8.allSatisfy { $0 < 0x7F && !" ;,\"/+=&".utf8.contains($0) })
    #expect(try signed.value(of: token, purpose: "unsubscribe", now: now) == nil)
    #expect(try signed.value(of: token, purpose: "subscribe", now: now + 60) == nil)
    let other = try SignedValues(key: [UInt8](repeating: 8, count: 32))
    #expect(try other.value(of: token, purpose: "subscribe", now: now) == nil)
    let bytes = Array(token.utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      let text = String(decoding: changed, as: UTF8.self)
      // The last letter of a code carries four bits that stand for nothing; it must not matter.
      if index == bytes.count - 1, try signed.value(of: text, purpose: "subscribe", now: now) != nil {
        continue
      }
      #expect(try signed.value(of: text, purpose: "subscribe", now: now) == nil)
    }
    for nonsense in ["", ".", "..", "a.b", "a.1.b.c", "é.1.é"] {
      #expect(try signed.value(of: nonsense, purpose: "subscribe", now: now) == nil)
    }
    #expect(throws: SignedValues.WeakKey.self) { try SignedValues(key: [1, 2, 3]) }
  }

  /// RFC 4231, test case 2.
  @Test func theCodeIsHMAC() throws {
    let code = try Digest.code(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(
      code.map { String(format: "%02x", $0) }.joined()
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func aClientThatAsksTooOftenWaits() {
    let limiter = RateLimiter(burst: 3, perSecond: 0.5)
    for _ in 0..<3 { #expect(limiter.wait(for: "192.0.2.1", now: 10) == nil) }
    #expect(limiter.wait(for: "192.0.2.1", now: 10) == 2)
    #expect(limiter.wait(for: "192.0.2.2", now: 10) == nil)
    #expect(limiter.wait(for: "192.0.2.1", now: 12) == nil)
    #expect(limiter.wait(for: "192.0.2.1", now: 12) == 2)
    // One household has all addresses of a /64.
    for number in 1...3 { #expect(limiter.wait(for: "2001:db8::\(number)", now: 10) == nil) }
    #expect(limiter.wait(for: "2001:db8::ffff", now: 10) != nil)
  }

  @Test func aCrowdOfClientsTakesBoundedMemory() {
    let limiter = RateLimiter(burst: 1, perSecond: 0.001, capacity: 100)
    for number in 0..<5000 { _ = limiter.wait(for: "10.0.\(number / 256).\(number % 256)", now: 1) }
    #expect(limiter.count <= 100)
    #expect(limiter.wait(for: "10.0.\(4999 / 256).\(4999 % 256)", now: 1) != nil)
  }

  @Test(arguments: [
    ("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"), ("::ffff:192.0.2.77", "192.0.2.0"),
    ("nonsense", "-"), ("", "-"),
  ])
  func anAddressIsCut(address: String, cut: String) {
    #expect(ClientAddress.cut(address) == cut)
  }
}
