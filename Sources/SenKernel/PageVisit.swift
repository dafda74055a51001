public import Foundation

/// A page that somebody asked for. There is no address of theirs in it.
public struct PageVisit: Sendable {
  /// What tells visitors apart, such as a random cookie; only a hash of it is ever stored, and not for long.
  public var session: String
  /// The path of the page; its query and fragment are not kept.
  public var path: String
  /// The address of the page they came from; only its host is kept.
  public var referrer: String
  /// What the browser says of itself; only its family is kept.
  public var agent: String
  public var at: Date
  /// How often they asked for it, one time right after the other.
  public var count: Int

  public init(
    session: String, path: String, referrer: String = "", agent: String, at: Date, count: Int = 1
  ) {
    (self.session, self.path, self.referrer) = (session, path, referrer)
    (self.agent, self.at, self.count) = (agent, at, count)
  }
}

/// Counts the visits of pages for a plugin: in memory, until it is told to write.
public protocol VisitKeeper: Sendable {
  /// Counts a visit, as often as it says; must not wait for the disk.
  func count(_ visit: PageVisit) throws
  /// Writes what has been counted since the last time, in one transaction; where that fails it stays counted.
  func write() throws
}
