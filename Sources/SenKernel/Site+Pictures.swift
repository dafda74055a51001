public import ContentModel

/// Pictures of the site in their published sizes.
extension Site {
  /// A picture with its published sizes; nil while they have not been made.
  public func publishedPicture(_ file: MediaName) throws -> PublishedPicture? {
    if let known = picturesKnown.withLock({ $0[file.name] }) { return known }
    guard let picture = try published(file) else { return nil }
    picturesKnown.withLock { $0[file.name] = picture }
    return picture
  }

  /// Sizes that have been damaged since are made anew: all of them only repeat what the picture has.
  private func published(_ file: MediaName) throws -> PublishedPicture? {
    do {
      return try PublishedPicture(file, self)
    } catch is Refusal {
      try PublishedSizes.make(file, self)
      return try PublishedPicture(file, self)
    }
  }

  /// Says that the sizes of a picture may be others than they were.
  func forget(picture file: MediaName) { picturesKnown.withLock { $0[file.name] = nil } }

  /// The picture of the site with a hash; nil if there is none.
  func pictureFile(ofHash hash: String) throws -> MediaName? {
    for ending in PublishedSizes.endings where hasMedia("\(hash).\(ending)") {
      return try MediaName(fieldValue: .text("\(hash).\(ending)"))
    }
    return nil
  }
}
