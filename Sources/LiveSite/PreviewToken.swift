import Foundation
import SenKernel
import Web

/// What lets somebody see one item's page before visitors do: its uid, until when, and a code that only this site makes.
///
/// `/preview/TOKEN/` is the page, `/preview/TOKEN/2/` the second part of the list on it, `/preview/TOKEN/media/NAME` a file that it leads to.
struct PreviewToken {
  static let root = "/preview/"
  private static let purpose = "preview"
  /// So long a link holds at most.
  static let longest: TimeInterval = 30 * 86_400

  let text: String
  let uid: String
  let end: Date
  var path: String { "\(Self.root)\(text)/" }
  var mediaRoot: String { "\(path)media" }

  init(for uid: String, until end: Date, _ signer: SignedValues) throws {
    text = try signer.token(for: uid, purpose: Self.purpose, until: end)
    (self.uid, self.end) = (uid, end)
  }

  /// Nil for what was not made here, or is over.
  init?(_ text: String, _ signer: SignedValues, now: Date) throws {
    guard let uid = try signer.value(of: text, purpose: Self.purpose, now: now),
      let seconds = text.split(separator: ".").dropFirst().first.flatMap({ Double($0) })
    else { return nil }
    (self.text, self.uid, end) = (text, uid, Date(timeIntervalSince1970: seconds))
  }
}
