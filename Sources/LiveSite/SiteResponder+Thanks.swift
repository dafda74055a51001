import Foundation
import SenKernel
import Web

/// Thanks for what a visitor did, on the page that they are led to. The address of that page names who they are for: by
/// the visitor's cookie, and for those who take none, by their address and browser. Nobody else is thanked who opens it.
extension SiteResponder {
  /// So long they are said.
  private static let thanksTime: TimeInterval = 600
  private static func purpose(_ address: PageAddress) -> String { "done \(address.path)" }

  /// What stands behind `done=`: the action and who did it, signed for one page.
  func thanks(
    for action: String, at address: PageAddress, _ visitor: Visitors.Visitor, _ request: WebRequest,
    _ now: Date
  ) throws -> String {
    let value = "\(action) \(try mark(visitor)) \(try mark(request, now))"
    return try signer.token(
      for: value, purpose: Self.purpose(address), until: now.addingTimeInterval(Self.thanksTime))
  }

  /// The action that a visitor is to be thanked for; nil for everybody else.
  func thanked(_ request: WebRequest, at address: PageAddress, _ now: Date) throws -> String? {
    guard let token = request.query["done"],
      let value = try signer.value(of: token, purpose: Self.purpose(address), now: now)
    else { return nil }
    let parts = value.split(separator: " ").map(String.init)
    guard parts.count == 3 else { return nil }
    let visitor = try visitors.visitor(of: request, now: now)
    let isTheirs = try visitor.isNew ? parts[2] == mark(request, now) : parts[1] == mark(visitor)
    return isTheirs ? parts[0] : nil
  }

  private func mark(_ visitor: Visitors.Visitor) throws -> String {
    String(try visitors.voter(visitor, on: "thanks").suffix(16))
  }

  private func mark(_ request: WebRequest, _ now: Date) throws -> String {
    let seen = SeenPages.Page(
      path: "", referrer: "", address: request.address, agent: request.headers["User-Agent"] ?? "")
    return String(try visitors.session(of: seen, at: now).suffix(16))
  }
}
