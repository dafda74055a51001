import Foundation
import SenKernel

/// What the head of a file says: the format by its first bytes, the size, where EXIF is. Nothing is decoded.
struct PictureHeader {
  let format: PictureFacts.Format
  /// As stored, before it is turned upright.
  let width: Int
  let height: Int
  let exif: Exif?

  /// How the stored picture lies, 1 to 8.
  var orientation: Int { exif?.orientation ?? 1 }

  /// What it says of the picture as it is seen.
  var facts: PictureFacts {
    let isTurned = orientation >= 5
    return PictureFacts(
      format: format, width: isTurned ? height : width, height: isTurned ? width : height,
      orientation: orientation, takenAt: exif?.takenAt, title: exif?.title)
  }

  /// Larger sensors are rare, bombs are not.
  static let mostDots = 64_000_000
  /// Of kinds that have to be in memory whole before a part of them can be seen: lossless WebP, interlaced PNG and GIF
  /// with four bytes for each dot and more, progressive JPEG with two for each value. 24 million dots of a camera's
  /// JPEG, whose colours are half as fine, are 72 MB.
  static let mostBytes = 80_000_000
  private static let mostRatio = 100
  /// More passes over a picture than any program writes; each costs as much as a whole picture.
  private static let mostScans = 100

  init(_ data: Data) throws(Refusal) {
    let bytes = ByteView(data)
    guard bytes.count > 0 else { throw Refusal(.invalid, "is empty") }
    let found: Found
    if bytes.big(0, 4) == 0x8950_4E47, bytes.big(4, 4) == 0x0D0A_1A0A {
      found = try Self.png(bytes)
    } else if bytes.big(0, 2) == 0xFFD8 {
      found = try Self.jpeg(bytes)
    } else if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) {
      found = try Self.gif(bytes)
    } else if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) {
      found = try Self.webp(bytes)
    } else {
      throw Self.stranger(data)
    }
    (format, width, height) = (found.format, found.width, found.height)
    exif = found.tiff.map { Exif($0) }
    try Self.bound(width, height)
    if let (kind, bytes) = found.whole, bytes > Self.mostBytes {
      throw Refusal(
        .invalid, "is too large \(kind) to open: \(width) × \(height) dots",
        hint: "Save it as an ordinary JPEG, or make it smaller first.")
    }
  }

  private static func bound(_ width: Int, _ height: Int) throws(Refusal) {
    guard width > 0, height > 0 else { throw Refusal(.invalid, "says that it is \(width) × \(height) dots") }
    let hint = "At most \(mostDots / 1_000_000) million dots; make it smaller first."
    guard width <= mostDots / height else {
      throw Refusal(.invalid, "is too large to open: \(width) × \(height) dots", hint: hint)
    }
    guard max(width, height) / min(width, height) <= mostRatio else {
      throw Refusal(.invalid, "is a strip, not a picture: \(width) × \(height) dots")
    }
  }

  /// What no picture begins like, told by what it looks like.
  private static func stranger(_ data: Data) -> Refusal {
    let start = String(decoding: data.prefix(1000), as: UTF8.self).lowercased()
    if start.contains("<svg") || start.contains("<!doctype svg") {
      return Refusal(.invalid, "is SVG, which can hold scripts", hint: "Save it as PNG first.")
    }
    let bytes = ByteView(data)
    if let brand = bytes.slice(8, 4)?.array, bytes.has("ftyp", at: 4) {
      return Refusal(
        .invalid, "is a \(String(decoding: brand, as: UTF8.self).uppercased()) file, which cannot be opened",
        hint: "Save it as JPEG first.")
    }
    let isText = data.prefix(1000).allSatisfy { $0 >= 0x20 || [9, 10, 12, 13].contains($0) }
    return Refusal(
      .invalid, isText ? "is text, not a picture" : "is no picture: it begins like none",
      hint: "JPEG, PNG, GIF and WebP are.")
  }

  /// `whole` is of what has to be in memory whole: what it is called, and the bytes that it takes.
  private struct Found {
    let format: PictureFacts.Format
    let width: Int
    let height: Int
    let tiff: ByteView?
    var whole: (kind: String, bytes: Int)?
  }

  private static func cut(_ name: String) -> Refusal {
    Refusal(.invalid, "is \(name) that breaks off")
  }

  /// ISO/IEC 10918-1, annex B. Also sees that the file has its end: a decoder would fill up with grey.
  private static func jpeg(_ bytes: ByteView) throws(Refusal) -> Found {
    var (place, scans) = (2, 0)
    var size: (width: Int, height: Int, values: Int, isProgressive: Bool)?
    var tiff: ByteView?
    while true {
      // The next marker, as libjpeg finds it: what does not belong there is passed over.
      place = bytes.first(0xFF, from: place)
      while bytes[place] == 0xFF { place += 1 }
      guard let marker = bytes[place] else { throw cut("a JPEG picture") }
      place += 1
      switch marker {
      case 0x00, 0x01, 0xD0...0xD8: continue
      case 0xD9:
        guard let size, scans > 0 else { throw cut("a JPEG picture") }
        let isWhole = size.isProgressive || scans > 1
        return Found(
          format: .jpeg, width: size.width, height: size.height, tiff: tiff,
          whole: isWhole ? ("a progressive JPEG picture", 2 * size.values) : nil)
      default: break
      }
      guard let length = bytes.big(place, 2), length >= 2, let body = bytes.slice(place + 2, length - 2)
      else {
        throw cut("a JPEG picture")
      }
      switch marker {
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        guard size == nil, let height = body.big(1, 2), let width = body.big(3, 2) else {
          throw Refusal(.invalid, "is a broken JPEG picture: its size makes no sense")
        }
        try bound(width, height)
        let isProgressive = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)
        size = (width, height, values(of: body, width, height), isProgressive)
      case 0xE1 where tiff == nil && body.has("Exif\0\0", at: 0):
        tiff = body.slice(6, body.count - 6)
      case 0xDA:
        scans += 1
        guard scans <= mostScans else {
          throw Refusal(.invalid, "is a JPEG picture of more than \(mostScans) scans")
        }
      default: break
      }
      place += length
    }
  }

  /// How many values a JPEG picture has of all its components, each as fine as its frame says (B.2.2).
  private static func values(of frame: ByteView, _ width: Int, _ height: Int) -> Int {
    let factors = (0..<min(4, Int(frame[5] ?? 0))).map { part -> (Int, Int) in
      let both = Int(frame[7 + 3 * part] ?? 0x11)
      return (max(1, both >> 4), max(1, both & 15))
    }
    let (across, down) = (factors.map(\.0).max() ?? 1, factors.map(\.1).max() ?? 1)
    return factors.reduce(0) { $0 + (width * $1.0 / across + 8) * (height * $1.1 / down + 8) }
  }

  /// PNG, third edition: IHDR comes first; eXIf anywhere before the end.
  private static func png(_ bytes: ByteView) throws(Refusal) -> Found {
    guard bytes.has("IHDR", at: 12), let width = bytes.big(16, 4), let height = bytes.big(20, 4) else {
      throw Refusal(.invalid, "is a broken PNG picture: its head makes no sense")
    }
    try bound(width, height)
    var (place, tiff): (Int, ByteView?) = (8, nil)
    while true {
      guard let length = bytes.big(place, 4), bytes.slice(place + 8, length + 4) != nil else {
        throw cut("a PNG picture")
      }
      if bytes.has("IEND", at: place + 4) {
        return Found(
          format: .png, width: width, height: height, tiff: tiff,
          whole: bytes[28] == 1 ? ("an interlaced PNG picture", 4 * width * height) : nil)
      }
      if tiff == nil, bytes.has("eXIf", at: place + 4) { tiff = bytes.slice(place + 8, length) }
      place += length + 12
    }
  }

  private static func gif(_ bytes: ByteView) throws(Refusal) -> Found {
    guard let width = bytes.little(6, 2), let height = bytes.little(8, 2) else {
      throw cut("a GIF picture")
    }
    // A byte for each dot, and then four.
    return Found(
      format: .gif, width: width, height: height, tiff: nil,
      whole: ("a GIF picture", 5 * width * height))
  }

  /// RFC 9649: `VP8X` with the canvas, `VP8 ` or `VP8L` with the picture, `EXIF`.
  private static func webp(_ bytes: ByteView) throws(Refusal) -> Found {
    let size: (width: Int?, height: Int?)
    if bytes.has("VP8X", at: 12) {
      if let flags = bytes[20], flags & 2 != 0 { throw Refusal(.invalid, "is a moving WebP picture") }
      size = (bytes.little(24, 3).map { $0 + 1 }, bytes.little(27, 3).map { $0 + 1 })
    } else if bytes.has("VP8L", at: 12) {
      let bits = bytes.little(21, 4)
      size = (bits.map { $0 & 0x3FFF + 1 }, bits.map { ($0 >> 14) & 0x3FFF + 1 })
    } else {
      size = (bytes.little(26, 2).map { $0 & 0x3FFF }, bytes.little(28, 2).map { $0 & 0x3FFF })
    }
    guard let width = size.width, let height = size.height, let length = bytes.little(4, 4),
      length <= bytes.count - 8
    else { throw cut("a WebP picture") }
    var (place, tiff): (Int, ByteView?) = (12, nil)
    while tiff == nil, let length = bytes.little(place + 4, 4) {
      if bytes.has("EXIF", at: place), var found = bytes.slice(place + 8, length) {
        // Some write the head of a JPEG's segment as well.
        if found.has("Exif\0\0", at: 0) { found = found.slice(6, found.count - 6) ?? found }
        tiff = found
      }
      place += 8 + length + length % 2
    }
    // Of others only what is transparent is.
    let isLossless = bytes.has("VP8L", at: 12) || bytes.has("VP8X", at: 12) && isLossless(bytes)
    return Found(
      format: .webp, width: width, height: height, tiff: tiff,
      whole: isLossless ? ("a lossless WebP picture", 4 * width * height) : nil)
  }

  /// Whether the picture itself, behind the head of an extended file, is lossless.
  private static func isLossless(_ bytes: ByteView) -> Bool {
    var place = 12
    while let length = bytes.little(place + 4, 4) {
      if bytes.has("VP8L", at: place) { return true }
      place += 8 + length + length % 2
    }
    return false
  }
}
