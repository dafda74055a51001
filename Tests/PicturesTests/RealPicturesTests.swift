import Foundation
import Pictures
import SenKernel
import Testing

/// Pictures that others made, where they are at hand.
struct RealPicturesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/images")
  private static let isThere = FileManager.default.fileExists(atPath: folder.path)
  private static let word: Comment = "skipped: ../shared/data/images is not here"

  private func files(_ folder: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: Self.folder.appending(path: folder), includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  @Test(.enabled(if: isThere, word)) func landscapesOfAllOrientationsLookTheSame() throws {
    let workshop = GDWorkshop()
    let size = [PictureSize("thumb", width: 60, height: 60)]
    let upright = try Data(contentsOf: Self.folder.appending(path: "exif-orientation/Landscape_1.jpg"))
    let first = try workshop.dots(upright, columns: 30, rows: 20)
    for index in 1...8 {
      let bytes = try Data(contentsOf: Self.folder.appending(path: "exif-orientation/Landscape_\(index).jpg"))
      #expect(try workshop.examine(bytes).orientation == index)
      let derived = try workshop.derive(bytes, size)
      let dots = try workshop.dots(derived[0].bytes, columns: 30, rows: 20)
      #expect(dots.count == first.count && dots[0].count == first[0].count)
      var off = 0
      for (row, other) in zip(dots, first) {
        for (dot, other) in zip(row, other) where abs(Int(dot >> 8 & 255) - Int(other >> 8 & 255)) > 60 {
          off += 1
        }
      }
      #expect(off < 30, "Landscape_\(index): \(off) dots differ")
    }
  }

  private func isRefused(_ file: URL) throws -> Bool {
    do {
      _ = try GDWorkshop().derive(Data(contentsOf: file), [PictureSize("thumb", width: 20, height: 20)])
      return false
    } catch is Refusal {
      return true
    }
  }

  @Test(.enabled(if: isThere, word)) func thePNGSuiteIsOpened() throws {
    for file in try files("pngsuite/png") where file.pathExtension == "png" {
      // Its names that begin with x are broken on purpose.
      #expect(try isRefused(file) == file.lastPathComponent.hasPrefix("x"), "\(file.lastPathComponent)")
    }
  }

  @Test(.enabled(if: isThere, word)) func ofTheSmallestFilesOnlyPicturesAreOpened() throws {
    let pictures: Set = ["gif", "jpg", "png", "webp"]
    // The first holds no picture at all, the second is cut off, the last libwebp does not open either.
    let refused: Set = ["gif.gif", "png-truncated.png", "webp.webp"]
    for file in try files("small") {
      let name = file.lastPathComponent
      let isSound = pictures.contains(file.pathExtension) && !refused.contains(name)
      #expect(try isRefused(file) == !isSound, "\(name)")
    }
  }
}
