import Foundation

/// Work done on a schedule: refresh rates, check links. `job run --due`, from cron, a timer or `serve`, does what
/// is due; runs of one job exclude each other across processes.
public struct Job: Sendable {
  /// Unique among the jobs of a program, such as `exchange-refresh`.
  public let name: String
  public let help: String
  /// Seconds from the start of one run to when the next is due.
  public let interval: Double
  let run: @Sendable (Site, @escaping (String) -> Void) throws -> String

  /// - Parameter run: does it, telling on the way what people should know, and says at its end what was done.
  public init(
    _ name: String, help: String, every interval: Double,
    run: @escaping @Sendable (_ site: Site, _ note: @escaping (String) -> Void) throws -> String
  ) {
    (self.name, self.help, self.interval, self.run) = (name, help, interval, run)
  }
}
