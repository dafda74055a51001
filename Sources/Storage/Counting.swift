/// The numbers that items, their versions and other rows are counted by.
enum Counting {
  /// The greatest that is taken for counted: one more would be no exact number to those who read JSON. Nobody comes here
  /// by counting.
  static let last: Int64 = 1 << 53
  /// How many numbers are passed over where it cannot be known which have been given.
  static let room: Int64 = 1000
}
