import ContentModel
import Formats
import Foundation
import GRDB

/// The last run of a job, as the site remembers it.
struct JobRun {
  let startedAt: Date
  let result: String?
  let failure: String?

  static func last(_ job: String, _ db: Database) throws -> JobRun? {
    try Row.fetchOne(db, sql: "SELECT startedAt, result, failure FROM jobRun WHERE job = ?", arguments: [job])
      .flatMap { row in
        Timestamp.date(row[0] as String).map { JobRun(startedAt: $0, result: row[1], failure: row[2]) }
      }
  }

  /// How a run ended that did not fail.
  enum Outcome: Equatable {
    /// The job says what it did.
    case done(String)
    /// Another process is at it.
    case elsewhere
    /// Its time has not come, perhaps because another process has just done it.
    case early
  }

  /// Runs a job unless another process is at it.
  /// - Parameter ifDue: whether it is run only if its time has come; then it is the site's own work (`User.system`), not
  ///   that of whoever began it.
  static func run(
    _ job: Job, _ site: Site, ifDue: Bool = false, note: @escaping (String) -> Void
  ) throws -> Outcome {
    // A lock of the system's: it goes with its process, however that ends.
    let path = "\(site.folder)/.job-\(job.name).lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure("write", path, errno) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return .elsewhere }
    // Asked under the lock: who had it a moment ago may have done the work.
    if ifDue, job.due(after: try site.read { try last(job.name, $0) }, now: site.clock()) > site.clock() {
      return .early
    }
    let started = Timestamp.text(site.clock())
    try site.database.pool.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO jobRun (job, startedAt) VALUES (?, ?)", arguments: [job.name, started])
    }
    do {
      let site = (ifDue ? site.acting(as: User.system) : site)
        .on(Occasion(.job, command: ifDue ? "job run \(job.name)" : site.occasion.command))
      let said = try job.run(site, note)
      try finish(job, site, result: said, failure: nil)
      return .done(said)
    } catch {
      let reason = error is CancellationError ? "interrupted" : (error as? Refusal)?.message ?? "\(error)"
      try finish(job, site, result: nil, failure: reason)
      throw error
    }
  }

  private static func finish(_ job: Job, _ site: Site, result: String?, failure: String?) throws {
    try site.database.pool.write { db in
      try db.execute(
        sql: "UPDATE jobRun SET finishedAt = ?, result = ?, failure = ? WHERE job = ?",
        arguments: [Timestamp.text(site.clock()), result, failure, job.name])
    }
  }
}

extension Job {
  /// When it is to run next.
  func due(after last: JobRun?, now: Date) -> Date {
    // A clock that was ahead when it ran, and has been set back, must not hold the job up until that time.
    guard let last, last.startedAt <= now else { return now }
    return last.startedAt.addingTimeInterval(interval)
  }
}
