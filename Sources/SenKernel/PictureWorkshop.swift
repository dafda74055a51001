import ContentModel
public import Foundation

/// Pictures as plugins see them: looked at, made smaller, drawn. A value that is passed in, as the network is.
///
/// Bytes are somebody else's and may be hostile; whatever is no sound picture is refused with what is wrong.
public protocol PictureWorkshop: Sendable {
  /// Reads what the head of a file says, without decoding the picture.
  /// - Throws: `Refusal` for what is no JPEG, PNG, GIF or WebP picture, or one too large to open.
  func examine(_ bytes: Data) throws -> PictureFacts
  /// The whole picture in several sizes: upright, without any metadata, never larger than it is.
  /// - Throws: `Refusal` also for what is broken further on.
  func derive(_ bytes: Data, _ sizes: [PictureSize]) throws -> [DerivedPicture]
  /// The picture as dots of `0xRRGGBB` in rows, upright, fitted into so many columns and rows.
  func dots(_ bytes: Data, columns: Int, rows: Int) throws -> [[UInt32]]
  /// A landscape made up from a number: the same JPEG for the same numbers, with the same libraries.
  func draw(seed: UInt64, width: Int, height: Int) throws -> Data
}

/// What the head of a picture says.
public struct PictureFacts: Sendable, Hashable {
  public enum Format: String, Sendable { case jpeg, png, gif, webp }

  /// Bytes of the largest file that is looked at as a picture: more than a camera of 64 megapixels writes.
  public static let mostBytes = 100_000_000

  public var format: Format
  /// In dots, as it is seen: upright.
  public var width: Int
  public var height: Int
  /// How the stored picture lies, 1 to 8 as EXIF counts (CIPA DC-008, tag 0x0112); 1 is upright.
  public var orientation: Int
  /// When it was taken, by the camera's clock.
  public var takenAt: CameraTime?
  /// Its title, where a person gave it one.
  public var title: String?

  public init(
    format: Format, width: Int, height: Int, orientation: Int = 1, takenAt: CameraTime? = nil,
    title: String? = nil
  ) {
    (self.format, self.width, self.height) = (format, width, height)
    (self.orientation, self.takenAt, self.title) = (orientation, takenAt, title)
  }
}

/// The time that a camera's clock showed, and where the camera knew it, how far that is from UTC.
public struct CameraTime: Sendable, Hashable {
  public var components: DateComponents
  /// Seconds east of UTC.
  public var offset: Int?

  public init(_ components: DateComponents, offset: Int? = nil) {
    (self.components, self.offset) = (components, offset)
  }

  /// The moment; a camera that did not know its zone was in `timeZone`.
  public func date(in timeZone: TimeZone) -> Date? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = offset.flatMap { TimeZone(secondsFromGMT: $0) } ?? timeZone
    return calendar.date(from: components)
  }
}

/// A size that pictures are published in.
public struct PictureSize: Sendable, Hashable {
  public let name: String
  /// In dots, at most.
  public let width: Int
  public let height: Int

  public init(_ name: String, width: Int, height: Int) {
    (self.name, self.width, self.height) = (name, width, height)
  }

  /// The size that a picture has in it: the same shape, and never enlarged.
  public func fitting(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
    let scale = min(1, Double(self.width) / Double(width), Double(self.height) / Double(height))
    return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
  }
}

/// A picture in one size.
public struct DerivedPicture: Sendable {
  public let size: PictureSize
  public let width: Int
  public let height: Int
  /// `jpg`, or `webp` for what is transparent somewhere.
  public let ending: String
  public let bytes: Data

  public init(size: PictureSize, width: Int, height: Int, ending: String, bytes: Data) {
    (self.size, self.width, self.height, self.ending, self.bytes) = (size, width, height, ending, bytes)
  }
}

/// A workshop for sites that have none: everything is refused.
public struct NoPictures: PictureWorkshop {
  public init() {}

  private var refusal: Refusal { Refusal(.invalid, "This program was put together without pictures") }
  public func examine(_ bytes: Data) throws -> PictureFacts { throw refusal }
  public func derive(_ bytes: Data, _ sizes: [PictureSize]) throws -> [DerivedPicture] { throw refusal }
  public func dots(_ bytes: Data, columns: Int, rows: Int) throws -> [[UInt32]] { throw refusal }
  public func draw(seed: UInt64, width: Int, height: Int) throws -> Data { throw refusal }
}
