import Foundation
import SenKernel

/// What a feed tells, whichever format it is written in. All addresses are whole.
struct Feed {
  /// How many items feeds hold.
  static let length = 30

  /// The same for ever, for Atom: of a feed about an item its uid, else an address.
  let id: String
  let title: String
  let about: String
  /// A BCP 47 tag.
  let language: String
  let siteTitle: String
  /// The page that lists the same.
  let home: String
  /// When one of its entries was changed last.
  let updated: Date
  /// When anything on the site was changed last.
  let changed: Date?
  let entries: [Entry]
  let clock: ZonedClock

  struct Entry {
    /// `urn:uuid:…`, the same wherever it is told of, and after its address has changed.
    let id: String
    let title: String
    let address: String
    /// Plain text.
    let lead: String
    /// Its whole text as HTML in UTF-8, safe; empty where it has none.
    let html: [UInt8]
    /// As printed; nil where nobody is.
    let author: String?
    let language: String
    let published: Date
    let updated: Date
    /// Its section and its tags.
    let categories: [String]
    let picture: Picture?
  }

  /// A published size of a picture.
  struct Picture {
    let address: String
    /// In bytes.
    let length: Int
    let mediaType: String
  }
}
