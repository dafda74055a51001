import GRDB
import SenKernel

/// Whose tree it is.
extension Manifest {
  /// Takes the tree for a site. Those of former versions name none, and are the first one's that comes.
  /// - Parameter takesOver: whether the tree of another site is taken as well.
  /// - Returns: whether it was another's.
  /// - Throws: `Refusal` where it is another's.
  func take(for site: String, of folder: String, takesOver: Bool) throws -> Bool {
    let owner = try state("site")
    if owner == site { return false }
    if let owner, !owner.isEmpty, !takesOver {
      throw Refusal(
        .conflict, "\(folder) is the published tree of another site, whose pages would be removed from it",
        hint:
          "Name another folder. If it is to be this site's from now on, because that one is no more or this one "
          + "was made from it: sen publish \(folder) --take-over")
    }
    try write { db in
      try db.execute(sql: "INSERT OR REPLACE INTO state VALUES ('site', ?)", arguments: [site])
      // The state of the other site that the tree shows is none of this one's.
      if owner != nil { try db.execute(sql: "DELETE FROM state WHERE name = 'operation'") }
      // What former versions have copied was not looked at.
      if try Bool.fetchOne(db, sql: "SELECT 1 FROM file LIMIT 1") == nil {
        try db.execute(sql: "INSERT OR REPLACE INTO state VALUES ('media', 'whole')")
      }
    }
    return owner != nil
  }

  /// The paths at which somebody else's files lay at the end of the last run.
  func leftAlone() throws -> [String] {
    try state("left")?.split(separator: "\n").map(String.init) ?? []
  }

  /// Whether media of a version may be in the tree that left some half copied, and took those of others for its own.
  func mayHoldTornMedia() throws -> Bool { try state("media") == nil }
}
