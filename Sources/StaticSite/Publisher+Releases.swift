import Foundation
public import SenKernel

extension Publisher {
  /// Whether a path is a link that `release` has made.
  public static func isReleased(_ path: String) -> Bool { ReleaseShelf.isLink(path) }

  /// Publishes into a release of its own, which the link `DIR` leads to once it is whole and on the disk; whoever reads
  /// `DIR` sees the old tree or the new one. A run that ends earlier leaves the old one, and its own is removed by the
  /// next.
  /// - Parameters:
  ///   - link: where the tree is found.
  ///   - takesOver: whether a tree of another site, or one whose list is damaged, is taken.
  ///   - count: how many old releases stay.
  /// - Throws: `Refusal` where something else stands at the link, or somebody else is publishing there.
  public static func release(
    _ site: Site, at link: String, actionsOrigin: String, isRelative: Bool = false,
    takesOver: Bool = false, keeping count: Int, isWhole: Bool, note: (String) -> Void,
    progress: @escaping (Int, Int) -> Bool
  ) throws -> Report {
    func publisher(_ folder: String) throws -> Publisher {
      try Publisher(
        site, folder: folder, actionsOrigin: actionsOrigin, isRelative: isRelative, takesOver: takesOver)
    }
    let shelf = try ReleaseShelf(link)
    defer { withExtendedLifetime(shelf) {} }
    if let folder = shelf.currentFolder, !isWhole, !takesOver {
      let last = try publisher(folder)
      let isCurrent = try last.hasNothingToDo()
      try last.close()
      if isCurrent { return Report() }
    }
    let folder = try shelf.begin(withoutDamagedList: takesOver)
    let next = try publisher(folder)
    var report = Report()
    let ended = Result { try next.bring(&report, isWhole: isWhole, note: note, progress: progress) }
    try next.close()
    if case .failure = ended { try shelf.clear() }
    try ended.get()
    if let current = shelf.currentFolder, report.hasChangedNothing, !takesOver {
      // Only what is known is newer now; the tree is the same.
      try Manifest.copy(from: folder, to: current)
      try shelf.clear()
    } else {
      try shelf.finish()
    }
    try shelf.prune(keeping: count)
    return report
  }
}
