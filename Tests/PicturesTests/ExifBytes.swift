import Foundation

/// EXIF blocks put together by hand.
enum ExifBytes {
  /// A TIFF with orientation, title, time and offset, and a GPS directory that must not get anywhere.
  static func tiff(
    orientation: Int = 1, title: String? = nil, taken: String? = nil, offset: String? = nil,
    isBig: Bool = true
  ) -> [UInt8] {
    func number(_ value: Int, _ length: Int) -> [UInt8] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return isBig ? bytes.reversed() : bytes
    }
    typealias Entry = (tag: Int, type: Int, count: Int, value: [UInt8])
    func text(_ tag: Int, _ text: String) -> Entry { (tag, 2, text.utf8.count + 1, Array(text.utf8) + [0]) }
    func directory(_ entries: [Entry], at start: Int) -> [UInt8] {
      var head = number(entries.count, 2)
      var tail: [UInt8] = []
      let dataStart = start + 2 + entries.count * 12 + 4
      for entry in entries {
        head += number(entry.tag, 2) + number(entry.type, 2) + number(entry.count, 4)
        if entry.value.count <= 4 {
          head += entry.value + [UInt8](repeating: 0, count: 4 - entry.value.count)
        } else {
          head += number(dataStart + tail.count, 4)
          tail += entry.value
        }
      }
      return head + number(0, 4) + tail
    }
    var main: [Entry] = [(0x0112, 3, 1, number(orientation, 2))]
    if let title { main.insert(text(0x010E, title), at: 0) }
    var photo: [Entry] = []
    if let taken { photo.append(text(0x9003, taken)) }
    if let offset { photo.append(text(0x9011, offset)) }
    let gps: [Entry] = [text(0x001D, "2019:06:01 GPSMARK")]
    // Laid out twice: once to know how long the main directory is.
    var (photoStart, gpsStart) = (0, 0)
    var bytes: [UInt8] = []
    for _ in 0..<2 {
      let links: [Entry] = [(0x8769, 4, 1, number(photoStart, 4)), (0x8825, 4, 1, number(gpsStart, 4))]
      let first = directory(main + links, at: 8)
      photoStart = 8 + first.count
      let second = directory(photo, at: photoStart)
      gpsStart = photoStart + second.count
      bytes = first + second + directory(gps, at: gpsStart)
    }
    return Array((isBig ? "MM" : "II").utf8) + number(42, 2) + number(8, 4) + bytes
  }

  /// A JPEG with the block behind its first marker.
  static func jpeg(_ jpeg: Data, with tiff: [UInt8]) -> Data {
    let body = Array("Exif\0\0".utf8) + tiff
    let length = body.count + 2
    return jpeg.prefix(2) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + jpeg.dropFirst(2)
  }
}
