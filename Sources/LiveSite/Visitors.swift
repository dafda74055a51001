import Foundation
import SenKernel
import Web

/// Who acts, without knowing who that is: a random name in a signed cookie, and as a second hurdle how many have acted
/// on the same item from the same address today. A cookie of today does not lift it, for one is had for the asking; one
/// of an earlier day lifts it for as many as work in an office.
///
/// Neither the name nor the address is ever stored. With an item goes a hash of the name that is of this item alone;
/// addresses are counted in memory, under a salt that is thrown away each day.
struct Visitors: Sendable {
  static let cookie = "visitor"
  private static let purpose = "visitor"
  private static let year = 365 * 86_400
  /// So many may act on one item from one address on one day: a household, the desk of an office.
  static let mostFromOneAddress = 3
  /// The same where those come on top who have their cookie from an earlier day.
  static let mostKnownFromOneAddress = 30

  private let signer: SignedValues
  private let today = Guarded(Day())

  /// What is known of one day, and thrown away with it.
  private struct Day {
    var number = -1
    var salt = ""
    /// How many have acted, by hashes of household and item.
    var counts: [String: Int] = [:]
  }

  init(_ signer: SignedValues) { self.signer = signer }

  /// A visitor, and the cookie to know them by the next time, if they have none.
  struct Visitor {
    let name: String
    let isNew: Bool
    /// Whether the cookie is of an earlier day.
    let isKnown: Bool
    let cookie: SetCookie?
  }

  func visitor(of request: WebRequest, now: Date) throws -> Visitor {
    if let token = request.cookie(Self.cookie),
      let name = try signer.value(of: token, purpose: Self.purpose, now: now)
    {
      // Former releases wrote no day.
      let parts = name.split(separator: ".")
      let day = parts.count == 2 ? Int(parts[0]) ?? 0 : 0
      return Visitor(name: name, isNew: false, isKnown: day < Self.day(now), cookie: nil)
    }
    let name = "\(Self.day(now)).\(UUID().uuidString.lowercased())"
    let token = try signer.token(
      for: name, purpose: Self.purpose, until: now.addingTimeInterval(Double(Self.year)))
    return Visitor(
      name: name, isNew: true, isKnown: false,
      cookie: SetCookie(Self.cookie, token, maxAge: Self.year, isSecure: request.isSecure))
  }

  /// The name of a visitor on one item, from which no other item's can be told.
  func voter(_ visitor: Visitor, on item: String) throws -> String {
    let token = try signer.token(
      for: "\(visitor.name) \(item)", purpose: "voter", until: Date(timeIntervalSince1970: 0))
    return "web-" + String(try SHA256.hex(Array(token.utf8)).prefix(32))
  }

  /// Whether another may act on an item from this address today; counts them.
  func admits(_ visitor: Visitor, _ request: WebRequest, to item: String, now: Date) throws -> Bool {
    let key = try household(request, item, now)
    return today.withLock { today in
      let count = today.counts[key, default: 0]
      guard count < (visitor.isKnown ? Self.mostKnownFromOneAddress : Self.mostFromOneAddress) else {
        return false
      }
      // Bounded, whatever comes; who is forgotten may act again.
      if today.counts.count > 200_000 { today.counts.removeAll() }
      today.counts[key] = count + 1
      return true
    }
  }

  /// Says that one who was admitted has not acted.
  func takeBack(_ request: WebRequest, to item: String, now: Date) throws {
    let key = try household(request, item, now)
    today.withLock { today in
      if let count = today.counts[key] { today.counts[key] = count > 1 ? count - 1 : nil }
    }
  }

  private func household(_ request: WebRequest, _ item: String, _ now: Date) throws -> String {
    try hash("\(ClientAddress.household(request.address)) \(item)", now)
  }

  /// Who sees pages, for one day: what visits are told apart by.
  func session(of page: SeenPages.Page, at now: Date) throws -> String {
    try hash("\(page.address) \(page.agent)", now)
  }

  private static func day(_ now: Date) -> Int { Int(now.timeIntervalSince1970 / 86_400) }

  /// A hash under the salt of the day, which nobody can make again tomorrow.
  private func hash(_ text: String, _ now: Date) throws -> String {
    let number = Self.day(now)
    let salt = today.withLock { today in
      if today.number != number { today = Day(number: number, salt: UUID().uuidString + UUID().uuidString) }
      return today.salt
    }
    return String(try SHA256.hex(Array("\(salt) \(text)".utf8)).prefix(32))
  }
}
