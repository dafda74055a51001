public import Foundation

extension Data {
  /// A picture as far as its head says: a GIF of one dot, told from others by a text behind that. No size can be made of it.
  public static func smallPicture(_ text: String) -> Data {
    Data("GIF89a".utf8 + [1, 0, 1, 0, 0, 0, 0]) + Data(text.utf8)
  }
}
