extension Site {
  /// Runs the jobs whose time has come, one after the other; what another process is at is left to it.
  /// - Parameter note: told what jobs say, and which failed.
  public func runDueJobs(note: @escaping (String) -> Void) {
    for job in registry.jobs {
      do {
        guard case .done(let said) = try JobRun.run(job, self, ifDue: true, note: note) else { continue }
        note("\(job.name): \(said)")
      } catch {
        note("\(job.name) failed: \((error as? Refusal)?.message ?? "\(error)")")
      }
    }
  }
}
