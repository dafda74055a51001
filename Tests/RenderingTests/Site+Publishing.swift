import SenKernel

@testable import StaticSite

extension Site {
  /// Publishes the site into a folder.
  /// - Parameter most: after so many pages it is stopped.
  @discardableResult
  func publish(
    to folder: String, isWhole: Bool = false, takesOver: Bool = false, stopsAfter most: Int = .max
  ) throws -> Publisher.Report {
    let publisher = try Publisher(self, folder: folder, actionsOrigin: "", takesOver: takesOver)
    let report = Result {
      try publisher.run(isWhole: isWhole, note: { _ in }, progress: { done, _ in done < most })
    }
    try publisher.close()
    return try report.get()
  }
}
