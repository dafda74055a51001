/// Which Sen this is.
public enum Release {
  /// As `sen version` says it, and as a site remembers who brought its tables up last.
  public static let version = "0.1.0"

  /// Whether a version is a later one than this; what is no version is not.
  public static func isLater(_ other: String) -> Bool {
    func numbers(_ version: String) -> [Int] { version.split(separator: ".").map { Int($0) ?? 0 } }
    return numbers(version).lexicographicallyPrecedes(numbers(other))
  }
}
