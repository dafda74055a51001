import Foundation
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// A site with its responder, asked without a socket.
struct LiveSite {
  let site: TestSite
  let responder: SiteResponder

  /// - Parameter failed: what is done when something goes wrong beside the answers.
  init(
    _ site: TestSite, failed: @escaping @Sendable (String) -> Void = { Issue.record("\($0)") }
  ) throws {
    self.site = site
    responder = try SiteResponder(site.site, failed: failed)
  }

  /// What a browser gets: from memory where it is at hand, else made.
  func get(_ target: String, headers: WebHeaders = [:]) throws -> WebResponse {
    let request = try WebRequest(.get, target, headers: headers)
    do {
      return try responder.ready(for: request)?.response ?? responder.respond(to: request)
    } catch let problem as WebProblem {
      return responder.page(of: problem, for: request)
    }
  }

  func isReady(_ target: String) throws -> Bool {
    try responder.ready(for: WebRequest(.get, target)) != nil
  }

  /// What a form sends, from the page that has it: its token, and the browser's own word on where it came from.
  func post(
    _ target: String, _ fields: [(String, String)], token: String? = nil, cookie: String? = nil,
    address: String = "127.0.0.1", site: String = "same-origin"
  ) throws -> WebResponse {
    var form = FormData(fields.map { FormData.Field($0.0, $0.1) })
    if let token = try token ?? self.token(for: target) { form.fields.append(.init("token", token)) }
    var headers: WebHeaders = ["Sec-Fetch-Site": site]
    if let cookie { headers.add("Cookie", cookie) }
    let request = try WebRequest(.post, target, headers: headers, form: form, address: address)
    do {
      return try responder.respond(to: request)
    } catch let problem as WebProblem {
      return responder.page(of: problem, for: request)
    }
  }

  /// The token that forms to a path carry.
  func token(for target: String) throws -> String? {
    try responder.signer.token(
      for: target, purpose: "form", until: site.site.clock().addingTimeInterval(3600))
  }
}

extension WebResponse {
  var text: String {
    if case .bytes(let bytes) = body { String(decoding: bytes.plain, as: UTF8.self) } else { "" }
  }

  /// The cookie that it sets, as a browser sends it back.
  var cookie: String? { headers["Set-Cookie"].map { String($0.prefix { $0 != ";" }) } }
}
