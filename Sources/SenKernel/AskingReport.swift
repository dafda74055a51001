import ContentModel
public import Foundation

/// What came of asking sources about several items, told at the end, with what the exit code goes by.
public struct AskingReport {
  private let noun: String
  private let site: Site
  private let note: (String) -> Void
  /// How many items have what is new.
  public private(set) var refreshed = 0
  private var failed = 0
  private var failures: [(title: String, failure: FetchFailure)] = []

  /// - Parameters:
  ///   - noun: of the items, such as `place`.
  ///   - site: whose time people are told.
  ///   - note: where they are told.
  public init(_ noun: String, of site: Site, note: @escaping (String) -> Void) {
    (self.noun, self.site, self.note) = (noun, site, note)
  }

  public mutating func add(refreshed count: Int = 1) { refreshed += count }

  /// `title` was not asked about; told at once.
  public func add(_ title: String, notBefore next: Date, after failure: String?) {
    let why = failure.map { "gave nothing (\($0)); " } ?? ""
    note("\(title): \(why)not asked before \(site.text(of: next)) unless with --force")
  }

  /// Nothing came for `title`, which stands for so many items.
  public mutating func add(_ title: String, _ failure: FetchFailure, count: Int = 1) {
    failed += count
    failures.append((title, failure))
  }

  /// Whether some of it failed and some did not.
  public var isInPart: Bool { failed > 0 && refreshed > 0 }

  /// Tells the failures and says in one line what was done.
  /// - Throws: the first failure, where nothing came at all.
  public func summary() throws -> String {
    let isNothing = refreshed == 0 && failed > 0
    for (title, failure) in failures.dropFirst(isNothing ? 1 : 0) { note("\(title): \(failure)") }
    if isNothing, let (title, failure) = failures.first {
      throw FetchFailure(failure.reason, "\(title): \(failure.address)")
    }
    return "Refreshed \(Counted.text(refreshed, noun))" + (failed == 0 ? "" : ", \(failed) failed")
  }
}
