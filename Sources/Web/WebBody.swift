import Locks

/// What follows the head of an answer.
public enum WebBody: Sendable {
  case none
  case bytes(WebBytes)
  case file(WebFile)

  public init(_ text: String) { self = .bytes(WebBytes(Array(text.utf8))) }
}

/// Bytes that many answers share, with what they are compressed once somebody has asked for that.
public final class WebBytes: Sendable {
  private enum Compressed {
    case unknown, larger
    case known([UInt8])
  }

  public let plain: [UInt8]
  private let compressed = Guarded(Compressed.unknown)

  public init(_ plain: [UInt8]) {
    // What grew while it was written has room for up to twice as much, and may be kept for long.
    guard plain.capacity > plain.count + plain.count / 8 else {
      self.plain = plain
      return
    }
    self.plain = [UInt8](unsafeUninitializedCapacity: plain.count) { target, count in
      count = target.initialize(fromContentsOf: plain)
    }
  }

  /// The same as a gzip stream, made the first time and kept; nil where that is no shorter.
  /// - Throws: `Gzip.Failure`.
  public func gzip() throws -> [UInt8]? {
    try compressed.withLock { compressed in
      switch compressed {
      case .known(let bytes): return bytes
      case .larger: return nil
      case .unknown:
        let bytes = try Gzip.compressed(plain)
        compressed = bytes.count < plain.count ? .known(bytes) : .larger
        return bytes.count < plain.count ? bytes : nil
      }
    }
  }
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
