public import Foundation
public import SenKernel

/// What is found at an address of the public site.
public enum PageAnswer {
  case page(Page)
  /// It is at another address now, for good.
  case moved(to: PageAddress)
  /// It was there, and will not be again.
  case gone
  case missing
}

/// A page as it is sent or written to a file.
public struct Page {
  public let bytes: [UInt8]
  /// With its character set: `text/html; charset=utf-8`.
  public let type: String
  /// When what it shows was changed last, where that can be told; of lists, never before the last change to the site,
  /// so that what has gone from them is not overlooked.
  public let modified: Date?
  /// What it was made from, besides what all pages share.
  public let trace: PageTrace
  /// What the parts that all pages share were made from; nil where there are none on it. `PageMaker.shared` tells
  /// whether they have changed.
  public let shared: PageTrace?
  /// Into how many parts the list on it falls, this one counted; 1 where there is none.
  public var parts = 1
  /// What is there because this page is: the feeds of its list, and of the index of sitemaps those.
  public var companions: [PageAddress] = []

  init(_ text: String, type: String, modified: Date? = nil, trace: PageTrace) {
    self.init(Array(text.utf8), type: type, modified: modified, trace: trace)
  }

  init(
    _ bytes: [UInt8], type: String, modified: Date? = nil, trace: PageTrace, shared: PageTrace? = nil
  ) {
    (self.bytes, self.type, self.modified, self.trace, self.shared) = (bytes, type, modified, trace, shared)
  }

  /// When it has to be made anew in any case.
  public var expiry: Date? { [trace.expiry, shared?.expiry].compactMap { $0 }.min() }
}
