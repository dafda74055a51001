/// A value in the database that no Sen has written.
public struct DamagedValue: Error, CustomStringConvertible {
  /// What it is of: `article 12 “tin-moi”: expireAt`; nil where nobody knows.
  public private(set) var place: String?
  /// What is wrong with it: `“hôm qua” is not a date`.
  public let reason: String

  init(_ reason: String, at place: String? = nil) { (self.reason, self.place) = (reason, place) }

  /// The same, told of a place.
  func at(_ place: String) -> DamagedValue { DamagedValue(reason, at: place) }

  public var description: String { place.map { "\($0): \(reason)" } ?? reason }
}
