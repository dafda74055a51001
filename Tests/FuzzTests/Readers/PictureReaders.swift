import ContentModel
import Foundation
import SenKernel

@testable import Pictures

/// Pictures: the head of each, what EXIF says, and the decoding.
extension Reader {
  static let pictures = [exif, pictureHeader, picture]

  private static let exif = Reader(
    name: "exif", words: ["II*\u{0}", "MM\u{0}*", "2019:06:01 17:05:09", "+07:00"]
  ) {
    { bytes in
      let exif = Exif(ByteView(Data(bytes)))
      try hold((1...8).contains(exif.orientation), "lies \(exif.orientation)")
      _ = exif.takenAt?.date(in: .gmt)
      try hold(exif.title?.isEmpty != true, "an empty title")
    }
  }

  private static let words = [
    "\u{89}PNG\r\n\u{1A}\n", "IHDR", "IDAT", "IEND", "eXIf", "GIF89a", "RIFF", "WEBP", "VP8X", "VP8L", "VP8 ",
    "EXIF",
    "Exif\u{0}\u{0}", "JFIF",
  ]

  private static let pictureHeader = Reader(name: "pictureheader", words: words, most: 65_536) {
    { bytes in
      try readOrRefused {
        let header = try PictureHeader(Data(bytes))
        try hold(header.width * header.height <= PictureHeader.mostDots, "\(header.width) × \(header.height)")
      }
    }
  }

  private static let picture = Reader(name: "picture", words: words, most: 65_536) {
    let workshop = GDWorkshop()
    return { bytes in
      let data = Data(withSumsOfChunks(bytes))
      try readOrRefused {
        // A large one is decoded in the same way, only for longer.
        let facts = try workshop.examine(data)
        guard facts.width * facts.height <= 400_000 else { return }
        let made = try workshop.derive(
          data, [PictureSize("a", width: 90, height: 60), PictureSize("b", width: 20, height: 20)])
        try hold(made.allSatisfy { !$0.bytes.isEmpty && $0.width <= 90 && $0.height <= 90 }, "\(made)")
        _ = try workshop.dots(data, columns: 12, rows: 6)
      }
    }
  }

  /// A PNG with the sums of its chunks put right; other bytes as they are.
  private static func withSumsOfChunks(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return bytes }
    var bytes = bytes
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - place - 12 else { break }
      let sum = crc(bytes[place + 4..<place + 8 + length])
      for index in 0..<4 {
        bytes[place + 8 + length + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index))
      }
      place += length + 12
    }
    return bytes
  }

  /// CRC-32 of ISO 3309, as PNG has it.
  private static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      var sum = sum ^ UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
      return sum
    }
  }
}
