/// What follows the head of an answer.
public enum WebBody: Sendable {
  case none
  case bytes(WebBytes)
  case file(WebFile)

  public init(_ text: String) { self = .bytes(WebBytes(Array(text.utf8))) }
}

/// Bytes that many answers share, with what they are compressed.
public final class WebBytes: Sendable {
  public let plain: [UInt8]
  /// The same as a gzip stream; nil if nobody has compressed them yet, or if it does not pay.
  public let gzip: [UInt8]?

  public init(_ plain: [UInt8], gzip: [UInt8]? = nil) { (self.plain, self.gzip) = (plain, gzip) }
}

/// A file below a folder. It is looked up without following a symbolic link, and its size and time are those of the
/// file that is opened.
public struct WebFile: Sendable, Hashable {
  /// The folder that nothing may lead out of, such as a site's `media`.
  public var folder: String
  /// The way from there, without `..`: `ab/cdef.jpg`.
  public var name: String
  /// Its media type; nil takes the one that `MediaType` knows the ending by, and whatever is not known is offered as
  /// a download.
  public var type: String?

  public init(folder: String, name: String, type: String? = nil) {
    (self.folder, self.name, self.type) = (folder, name, type)
  }
}
