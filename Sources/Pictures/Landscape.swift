import Foundation

/// A made-up view for demonstrations: sky, sun, ridges of hills, and a field of rice or a lake below.
struct Landscape {
  private var state: UInt64
  private let top: Colour
  private let low: Colour
  private let ground: Colour
  private let sun: (x: Double, y: Double, radius: Double)
  /// Each ridge as the heights, lengths and phases of three waves.
  private let ridges: [[(height: Double, length: Double, phase: Double)]]

  struct Colour {
    let (red, green, blue): (Double, Double, Double)
    init(_ red: Double, _ green: Double, _ blue: Double) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// This colour with `share` of another.
    func mixed(_ share: Double, _ other: Colour) -> Colour {
      Colour(
        red + (other.red - red) * share, green + (other.green - green) * share,
        blue + (other.blue - blue) * share)
    }

    var dot: Int32 { Int32(red) << 16 | Int32(green) << 8 | Int32(blue) }
  }

  /// Morning, noon, evening, a day of rain.
  private static let skies = [
    (Colour(93, 138, 190), Colour(250, 214, 165)), (Colour(64, 132, 206), Colour(196, 226, 240)),
    (Colour(70, 64, 120), Colour(248, 150, 96)), (Colour(120, 136, 148), Colour(206, 214, 216)),
  ]
  private static let grounds = [
    Colour(96, 142, 58), Colour(206, 176, 70), Colour(62, 118, 92), Colour(70, 126, 156),
  ]

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    var state = state
    func next() -> Double {
      // SplitMix64, as in the kernel's generator; its 53 upper bits as 0…1.
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((value ^ (value >> 31)) >> 11) / 9_007_199_254_740_992
    }
    (top, low) = Self.skies[Int(next() * 4)]
    ground = Self.grounds[Int(next() * 4)]
    sun = (0.15 + 0.7 * next(), 0.15 + 0.3 * next(), 0.03 + 0.05 * next())
    ridges = (0..<3 + Int(next() * 3)).map { _ in
      [(0.06, 0.9), (0.03, 0.35), (0.01, 0.1)].map { height, length in
        (height * (0.5 + next()), length * (0.6 + next()), next() * 6.28)
      }
    }
  }

  func drawn(_ width: Int, _ height: Int) throws -> Canvas {
    let canvas = try Canvas(width: width, height: height)
    let aspect = Double(width) / Double(height)
    for column in 0..<width {
      let x = Double(column) / Double(width)
      let edges = ridges.enumerated().map { index, waves in
        waves.reduce(0.42 + 0.4 * Double(index) / Double(ridges.count)) { sum, wave in
          sum + wave.height * sin(x * aspect * 4 / wave.length + wave.phase)
        }
      }
      for line in 0..<height {
        let y = Double(line) / Double(height)
        canvas.row(line)?[column] = colour(x, y, edges, aspect).dot
      }
    }
    return canvas
  }

  private func colour(_ x: Double, _ y: Double, _ edges: [Double], _ aspect: Double) -> Colour {
    guard let ridge = edges.lastIndex(where: { y > $0 }) else {
      let sky = top.mixed(min(1, y * 1.6), low)
      let distance = (((x - sun.x) * aspect) * ((x - sun.x) * aspect) + (y - sun.y) * (y - sun.y))
        .squareRoot()
      let glow = distance < sun.radius ? 0.9 : max(0, 0.5 - (distance - sun.radius) * 2)
      return sky.mixed(glow, Colour(255, 246, 214))
    }
    // Near hills have the colour of the ground, far ones that of the air.
    let nearness = Double(ridge + 1) / Double(edges.count)
    let shade = low.mixed(0.25 + 0.7 * nearness, ground)
    let depth = min(1, (y - edges[ridge]) * 2.5)
    let furrow = ridge == edges.count - 1 ? 0.08 * sin((y - edges[ridge]) * 180) : 0
    return shade.mixed(max(0, min(1, 0.35 * depth + furrow)), Colour(24, 40, 30))
  }
}
