import CGD
import Foundation
import SenKernel

/// A picture in memory, a dot an `0xAARRGGBB` with alpha from 0 (opaque) to 127, as libgd has it.
final class Canvas {
  let image: gdImagePtr

  var width: Int { Int(image.pointee.sx) }
  var height: Int { Int(image.pointee.sy) }

  private init(owning image: gdImagePtr) { self.image = image }

  init(width: Int, height: Int) throws {
    guard let image = gdImageCreateTrueColor(Int32(width), Int32(height)) else { throw OutOfMemory() }
    gdImageAlphaBlending(image, 0)
    gdImageSaveAlpha(image, 1)
    self.image = image
  }

  deinit { gdImageDestroy(image) }

  struct OutOfMemory: Error {}

  private static let hushed: Void = sen_gd_hush()

  /// Decodes a picture whose header was found sound, no larger than is needed.
  /// - Parameter size: in dots as the picture is stored; what comes of it is at least as large, where the picture is.
  static func decode(_ data: Data, _ header: PictureHeader, atLeast size: (width: Int, height: Int)) throws
    -> Canvas
  {
    _ = hushed
    sen_gd_forget()
    let image = open(data, header.format, (Int32(size.width), Int32(size.height)))
    guard let image else { throw broken(header, String(cString: sen_gd_complaint())) }
    let canvas = Canvas(owning: image)
    guard gdImagePaletteToTrueColor(image) == 1 else { throw OutOfMemory() }
    gdImageAlphaBlending(image, 0)
    gdImageSaveAlpha(image, 1)
    return canvas
  }

  private static func open(
    _ data: Data, _ format: PictureFacts.Format, _ size: (width: Int32, height: Int32)
  ) -> gdImagePtr? {
    data.withUnsafeBytes { raw in
      // libgd does not write to it.
      let (bytes, count) = (UnsafeMutableRawPointer(mutating: raw.baseAddress), Int32(raw.count))
      switch format {
      case .jpeg: return sen_jpeg_decode(bytes, raw.count, size.width, size.height)
      case .png: return sen_png_decode(bytes, raw.count, size.width, size.height)
      case .gif: return gdImageCreateFromGifPtr(count, bytes)
      case .webp: return sen_webp_decode(bytes, raw.count, size.width, size.height)
      }
    }
  }

  private static func broken(_ header: PictureHeader, _ complaint: String) -> Refusal {
    let name = header.format == .webp ? "WebP" : header.format.rawValue.uppercased()
    let reason = complaint.split(separator: ":").last.map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return Refusal(.invalid, "is a broken \(name) picture" + (reason.map { " (\($0))" } ?? ""))
  }

  /// The row of dots at `y`, good while the canvas is.
  func row(_ y: Int) -> UnsafeMutablePointer<Int32>? { image.pointee.tpixels[y] }

  /// Whether some dot is not quite opaque.
  var isTransparent: Bool {
    for y in 0..<height {
      guard let row = row(y) else { continue }
      for x in 0..<width where row[x] & 0x7F00_0000 != 0 { return true }
    }
    return false
  }

  func scaled(to width: Int, _ height: Int) throws -> Canvas {
    let target = try Canvas(width: width, height: height)
    gdImageCopyResampled(
      target.image, image, 0, 0, 0, 0, Int32(width), Int32(height), Int32(self.width), Int32(self.height))
    return target
  }

  /// Upright, having lain as EXIF's orientation says.
  func upright(_ orientation: Int) throws -> Canvas {
    guard (2...8).contains(orientation) else { return self }
    let isTurned = orientation >= 5
    let target = try Canvas(width: isTurned ? height : width, height: isTurned ? width : height)
    for y in 0..<target.height {
      guard let out = target.row(y) else { continue }
      for x in 0..<target.width {
        let (fromX, fromY) =
          switch orientation {
          case 2: (width - 1 - x, y)
          case 3: (width - 1 - x, height - 1 - y)
          case 4: (x, height - 1 - y)
          case 5: (y, x)
          case 6: (y, height - 1 - x)
          case 7: (width - 1 - y, height - 1 - x)
          default: (width - 1 - y, x)
          }
        if let row = row(fromY) { out[x] = row[fromX] }
      }
    }
    return target
  }

  enum Form { case jpeg, png, gif, webp }

  func encoded(_ form: Form) throws -> Data {
    var count: Int32 = 0
    let bytes: UnsafeMutableRawPointer? =
      switch form {
      case .jpeg: gdImageJpegPtr(image, &count, 82)
      case .png: gdImagePngPtr(image, &count)
      case .gif: gdImageGifPtr(image, &count)
      case .webp: gdImageWebpPtrEx(image, &count, 82)
      }
    guard let bytes else { throw OutOfMemory() }
    defer { gdFree(bytes) }
    return Data(bytes: bytes, count: Int(count))
  }
}
