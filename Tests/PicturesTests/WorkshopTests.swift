import Foundation
import SenKernel
import Testing

@testable import Pictures

struct WorkshopTests {
  let workshop = GDWorkshop()
  let sizes = [PictureSize("thumb", width: 24, height: 24), PictureSize("480", width: 48, height: 96)]

  /// 60 × 40 dots: red above left, green above right, blue below left, white below right.
  static func corners() throws -> Canvas {
    let canvas = try Canvas(width: 60, height: 40)
    for y in 0..<40 {
      for x in 0..<60 {
        canvas.row(y)?[x] = y < 20 ? (x < 30 ? 0xFF0000 : 0x00FF00) : (x < 30 ? 0x0000FF : 0xFFFFFF)
      }
    }
    return canvas
  }

  private func refusal(_ bytes: Data) -> String {
    do {
      _ = try workshop.derive(bytes, sizes)
      return "nothing"
    } catch {
      return (error as? Refusal)?.message ?? "\(error)"
    }
  }

  /// The corners of a picture as letters, above left first.
  private func letters(_ bytes: Data) throws -> String {
    let dots = try workshop.dots(bytes, columns: 20, rows: 20)
    let last = (x: dots[0].count - 2, y: dots.count - 2)
    return [dots[1][1], dots[1][last.x], dots[last.y][1], dots[last.y][last.x]].map { dot in
      switch (dot >> 16 > 127, dot >> 8 & 255 > 127, dot & 255 > 127) {
      case (true, false, false): "r"
      case (false, true, false): "g"
      case (false, false, true): "b"
      case (true, true, true): "w"
      default: "?"
      }
    }.joined()
  }

  @Test func allFormatsAreKnownByTheirFirstBytes() throws {
    for (form, format) in [
      (Canvas.Form.jpeg, PictureFacts.Format.jpeg), (.png, .png), (.gif, .gif), (.webp, .webp),
    ] {
      let bytes = try Self.corners().encoded(form)
      #expect(try workshop.examine(bytes) == PictureFacts(format: format, width: 60, height: 40))
      #expect(try letters(bytes) == "rgbw", "\(format)")
      let derived = try workshop.derive(bytes, sizes)
      #expect(
        derived.map { "\($0.size.name) \($0.width)×\($0.height) \($0.ending)" } == [
          "480 48×32 jpg", "thumb 24×16 jpg",
        ])
    }
  }

  @Test func allEightOrientationsAreTurnedUpright() throws {
    let jpeg = try Self.corners().encoded(.jpeg)
    let upright = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"]
    for (index, letters) in upright.enumerated() {
      for isBig in [true, false] {
        let bytes = ExifBytes.jpeg(jpeg, with: ExifBytes.tiff(orientation: index + 1, isBig: isBig))
        let facts = try workshop.examine(bytes)
        #expect(facts.orientation == index + 1)
        #expect((facts.width, facts.height) == (index < 4 ? (60, 40) : (40, 60)))
        #expect(try self.letters(bytes) == letters, "orientation \(index + 1)")
        // What is derived lies right by itself.
        for picture in try workshop.derive(bytes, sizes) {
          #expect(try workshop.examine(picture.bytes).orientation == 1)
          #expect(try self.letters(picture.bytes) == letters)
        }
      }
    }
  }

  @Test func timeAndTitleAreReadAndNothingOfThemIsPublished() throws {
    let tiff = ExifBytes.tiff(
      title: "Lúa chín", taken: "2019:06:01 17:05:09", offset: "+07:00")
    let bytes = ExifBytes.jpeg(try workshop.draw(seed: 1, width: 64, height: 48), with: tiff)
    #expect(bytes.range(of: Data("GPSMARK".utf8)) != nil)
    let facts = try workshop.examine(bytes)
    #expect(facts.title == "Lúa chín")
    #expect(facts.takenAt?.date(in: .gmt) == Timestamp.date("2019-06-01T10:05:09Z"))
    for picture in try workshop.derive(bytes, sizes) {
      for mark in ["GPSMARK", "Exif", "2019:06:01", "Lúa"] {
        #expect(picture.bytes.range(of: Data(mark.utf8)) == nil)
      }
    }
    let local = ExifBytes.tiff(taken: "2019:06:01 17:05:09")
    let zone = try #require(TimeZone(identifier: "Asia/Ho_Chi_Minh"))
    #expect(Exif(ByteView(Data(local))).takenAt?.date(in: zone) == Timestamp.date("2019-06-01T10:05:09Z"))
    for never in ["0000:00:00 00:00:00", "2021:02:30 10:00:00", "2021:13:01 10:00:00", "2021:02:03 24:00:00"]
    {
      #expect(Exif(ByteView(Data(ExifBytes.tiff(taken: never)))).takenAt == nil)
    }
  }

  @Test func hostileExifIsReadWithoutHarm() throws {
    let sound = ExifBytes.tiff(orientation: 6, title: "Lúa", taken: "2019:06:01 17:05:09", offset: "+07:00")
    var random = SystemRandomNumberGenerator()
    for place in sound.indices {
      // Cut off anywhere, and every byte as bad as can be.
      _ = Exif(ByteView(Data(sound.prefix(place))))
      for value: UInt8 in [0, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &random)] {
        var bytes = sound
        bytes[place] = value
        let exif = Exif(ByteView(Data(bytes)))
        #expect((1...8).contains(exif.orientation))
      }
    }
    // A directory that is its own subdirectory, with as many entries as can be said.
    var loop = Array("MM\0*\0\0\0\u{08}".utf8)
    loop += [0xFF, 0xFF, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8]
    #expect(Exif(ByteView(Data(loop))).title == nil)
  }

  @Test func whatIsNoPictureIsToldByWhatItIs() throws {
    #expect(refusal(Data()) == "is empty")
    #expect(refusal(Data("Xin chào".utf8)) == "is text, not a picture")
    #expect(
      refusal(Data("<?xml version='1.0'?><svg onload='alert(1)'/>".utf8)) == "is SVG, which can hold scripts")
    #expect(refusal(Data([0, 1, 2, 3, 4])) == "is no picture: it begins like none")
    #expect(refusal(Data([0, 0, 0, 24]) + Data("ftypheic".utf8)) == "is a HEIC file, which cannot be opened")
  }

  @Test func brokenPicturesAreRefused() throws {
    let jpeg = try workshop.draw(seed: 3, width: 200, height: 150)
    #expect(refusal(jpeg.prefix(jpeg.count / 2)) == "is a JPEG picture that breaks off")
    #expect(refusal(jpeg.prefix(jpeg.count - 2)) == "is a JPEG picture that breaks off")
    // Something missing in the middle, its end being there.
    let gap = jpeg.prefix(jpeg.count / 2) + jpeg.suffix(2)
    #expect(refusal(gap).hasPrefix("is a broken JPEG picture"), "\(refusal(gap))")
    for form in [Canvas.Form.png, .webp, .gif] {
      let bytes = try Self.corners().encoded(form)
      for count in [bytes.count / 2, bytes.count - 3, 30, 20, 13] {
        #expect(
          refusal(bytes.prefix(count)).hasPrefix("is a"), "\(form) \(count): \(refusal(bytes.prefix(count)))")
      }
    }
    var png = try Self.corners().encoded(.png)
    png[png.startIndex + 60] ^= 0xFF
    #expect(refusal(png).hasPrefix("is a broken PNG picture"), "\(refusal(png))")
  }

  /// Every byte changed, one at a time: a picture or a refusal, never anything else.
  @Test func damagedPicturesNeverDoHarm() throws {
    for form in [Canvas.Form.jpeg, .png, .gif, .webp] {
      let sound = try Self.corners().encoded(form)
      for place in stride(from: 0, to: sound.count, by: max(1, sound.count / 150)) {
        var bytes = sound
        bytes[bytes.startIndex + place] ^= 0xFF
        do {
          _ = try workshop.derive(bytes, sizes)
        } catch {
          #expect(error is Refusal, "\(form) \(place): \(error)")
        }
      }
    }
  }

  @Test func bombsAreRefusedBeforeTheyAreOpened() throws {
    var png = try Self.corners().encoded(.png)
    png.replaceSubrange(
      png.startIndex + 16..<png.startIndex + 24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
    #expect(refusal(png) == "is too large to open: 30000 × 30000 dots")
    png.replaceSubrange(
      png.startIndex + 16..<png.startIndex + 24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    #expect(refusal(png).hasPrefix("is too large to open"))
    png.replaceSubrange(png.startIndex + 16..<png.startIndex + 24, with: [0, 0, 0x27, 0x10, 0, 0, 0, 1])
    #expect(refusal(png) == "is a strip, not a picture: 10000 × 1 dots")
    png.replaceSubrange(png.startIndex + 16..<png.startIndex + 24, with: [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(refusal(png) == "says that it is 0 × 1 dots")
    var gif = try Self.corners().encoded(.gif)
    gif.replaceSubrange(gif.startIndex + 6..<gif.startIndex + 10, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(refusal(gif).hasPrefix("is too large to open"))
  }

  /// As large as it is, and no larger than is needed: both look the same.
  @Test(arguments: [Canvas.Form.jpeg, .png, .webp]) func aLargePictureIsDecodedSmall(
    form: Canvas.Form
  ) throws {
    let bytes = try Landscape(seed: 5).drawn(1601, 1203).encoded(form)
    let header = try PictureHeader(bytes)
    let whole = try Canvas.decode(bytes, header, atLeast: (1601, 1203))
    #expect((whole.width, whole.height) == (1601, 1203))
    for (width, height) in [(200, 150), (400, 300), (700, 500), (1500, 1100), (1, 1)] {
      let small = try Canvas.decode(bytes, header, atLeast: (width, height))
      #expect(small.width >= width && small.height >= height)
      #expect(
        small.width <= max(form == .jpeg ? 2 * width + 1 : 2 * width, 202),
        "\(small.width) for \(width)")
      guard width > 1 else { continue }
      let (one, other) = (try small.scaled(to: width, height), try whole.scaled(to: width, height))
      var (sum, most) = (0, 0)
      for y in 0..<height {
        let (upper, lower) = (try #require(one.row(y)), try #require(other.row(y)))
        for x in 0..<width {
          for shift in [0, 8, 16] {
            let difference = Int(upper[x] >> shift & 255) - Int(lower[x] >> shift & 255)
            sum += difference * difference
            most = max(most, abs(difference))
          }
        }
      }
      // In decibels, as pictures are compared.
      let error = Double(sum) / Double(width * height * 3)
      #expect(10 * log10(255 * 255 / max(error, 1e-9)) > 36, "\(form) \(width): \(error), \(most)")
    }
  }

  @Test func whatIsTransparentWeighsNothingWhereDotsBecomeOne() throws {
    let canvas = try Canvas(width: 64, height: 64)
    for y in 0..<64 {
      for x in 0..<64 { canvas.row(y)?[x] = x % 2 == 0 ? 0x00FF_0000 : 0x7F00_FF00 }
    }
    let bytes = try canvas.encoded(.png)
    let small = try Canvas.decode(bytes, PictureHeader(bytes), atLeast: (8, 8))
    let dot = try #require(small.row(3))[3]
    #expect(
      small.width == 8 && dot & 0xFFFFFF == 0xFF0000 && (60...67).contains(dot >> 24), "\(dot)")
  }

  @Test func whatWouldHaveToBeInMemoryWholeHasALimitOfItsOwn() throws {
    var gif = try Self.corners().encoded(.gif)
    gif.replaceSubrange(gif.startIndex + 6..<gif.startIndex + 10, with: [0x88, 0x13, 0xA0, 0x0F])
    #expect(refusal(gif) == "is too large a GIF picture to open: 5000 × 4000 dots")
    var png = try Self.corners().encoded(.png)
    png.replaceSubrange(
      png.startIndex + 16..<png.startIndex + 24, with: [0, 0, 0x17, 0x70, 0, 0, 0x0F, 0xA0])
    png[png.startIndex + 28] = 1
    #expect(refusal(png) == "is too large an interlaced PNG picture to open: 6000 × 4000 dots")
    var jpeg = try Self.corners().encoded(.jpeg)
    let frame = try #require(jpeg.range(of: Data([0xFF, 0xC0]))).lowerBound
    jpeg[frame + 1] = 0xC2
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x1B, 0x58, 0x23, 0x28])
    #expect(refusal(jpeg) == "is too large a progressive JPEG picture to open: 9000 × 7000 dots")
    // An ordinary one of that size is looked at, and what is in this one is not enough for it.
    jpeg[frame + 1] = 0xC0
    #expect(try workshop.examine(jpeg).width == 9000)
    #expect(refusal(jpeg).hasPrefix("is a broken JPEG picture"), "\(refusal(jpeg))")
    // As much as a camera of 24 million dots makes.
    jpeg[frame + 1] = 0xC2
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x0F, 0xA0, 0x17, 0x70])
    #expect(try workshop.examine(jpeg).width == 6000)
  }

  @Test func whatIsTransparentStaysSo() throws {
    let canvas = try Self.corners()
    for x in 0..<60 { canvas.row(0)?[x] = 0x7F00_0000 }
    let derived = try workshop.derive(canvas.encoded(.png), sizes)
    #expect(derived.allSatisfy { $0.ending == "webp" })
    #expect(try workshop.examine(derived[0].bytes).format == .webp)
  }

  @Test func aLandscapeIsTheSameForTheSameSeed() throws {
    let one = try workshop.draw(seed: 7, width: 320, height: 200)
    #expect(try one == workshop.draw(seed: 7, width: 320, height: 200))
    #expect(try one != workshop.draw(seed: 8, width: 320, height: 200))
    #expect(try workshop.examine(one) == PictureFacts(format: .jpeg, width: 320, height: 200))
  }
}
