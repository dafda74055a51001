public import Foundation
public import SenKernel

/// The picture workshop of the program, on libgd.
public struct GDWorkshop: PictureWorkshop {
  public init() {}

  public func examine(_ bytes: Data) throws -> PictureFacts { try PictureHeader(bytes).facts }

  public func derive(_ bytes: Data, _ sizes: [PictureSize]) throws -> [DerivedPicture] {
    // Read once: it goes through all of the bytes.
    let header = try PictureHeader(bytes)
    let facts = header.facts
    // The largest first: each is made from the one before it.
    let ordered = sizes.sorted { $0.width > $1.width }
    guard let largest = ordered.first else { return [] }
    var canvas = try upright(bytes, header, within: largest.fitting(facts.width, facts.height))
    let isTransparent = canvas.isTransparent
    return try ordered.map { size in
      let (width, height) = size.fitting(facts.width, facts.height)
      if (width, height) != (canvas.width, canvas.height) { canvas = try canvas.scaled(to: width, height) }
      return DerivedPicture(
        size: size, width: width, height: height, ending: isTransparent ? "webp" : "jpg",
        bytes: try canvas.encoded(isTransparent ? .webp : .jpeg))
    }
  }

  public func dots(_ bytes: Data, columns: Int, rows: Int) throws -> [[UInt32]] {
    let header = try PictureHeader(bytes)
    let size = PictureSize("", width: columns, height: rows).fitting(
      header.facts.width, header.facts.height)
    let canvas = try upright(bytes, header, within: size)
    return (0..<canvas.height).map { y in
      guard let row = canvas.row(y) else { return [] }
      return (0..<canvas.width).map { UInt32(row[$0] & 0xFFFFFF) }
    }
  }

  /// Decodes a picture, makes it just so large, and turns it upright.
  private func upright(
    _ bytes: Data, _ header: PictureHeader, within size: (width: Int, height: Int)
  ) throws -> Canvas {
    let isTurned = header.orientation >= 5
    let (width, height) = isTurned ? (size.height, size.width) : (size.width, size.height)
    var canvas = try Canvas.decode(bytes, header, atLeast: (width, height))
    if (width, height) != (canvas.width, canvas.height) {
      canvas = try canvas.scaled(to: width, height)
    }
    return try canvas.upright(header.orientation)
  }

  public func draw(seed: UInt64, width: Int, height: Int) throws -> Data {
    try Landscape(seed: seed).drawn(width, height).encoded(.jpeg)
  }
}
