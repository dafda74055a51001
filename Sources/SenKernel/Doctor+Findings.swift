import Storage

extension Doctor {
  /// What was found; each by a line for people.
  struct Findings {
    var database: [Ailment] = []
    var files: [MediaExamination.Finding] = []
    /// What plugins tell; they know whether it can be mended.
    var complaints: [String] = []

    var texts: [String] { database.map(\.text) + files.map(\.text) + complaints }

    var mendable: Findings {
      Findings(database: database.filter { $0.mend != nil }, files: files.filter(\.canMend))
    }
    var others: Findings {
      Findings(
        database: database.filter { $0.mend == nil }, files: files.filter { !$0.canMend },
        complaints: complaints)
    }
  }
}
