import Formats
import Foundation
import GRDB
import SenKernel

/// What goes wrong with the list of a tree is told as that, and not as the site's.
extension Manifest {
  /// Runs `body`, whose failures are those of the list of the tree `folder`.
  static func telling<Value>(_ folder: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw told(error, folder) ?? error
    }
  }

  /// The disk or the rights failed, which is nobody's conflict.
  private struct Failure: Error, CustomStringConvertible { let description: String }

  private static func told(_ error: DatabaseError, _ folder: String) -> (any Error)? {
    let list = "\(folder)/.sen/published.db"
    let looks =
      "Look at the owner and the mode of \(folder)/.sen and of what is in it, and for room on the disk."
    return switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      Refusal(
        .conflict, "\(list) is damaged: the list of what Sen has published there; the site itself is not",
        hint: "Make the list and all pages anew: sen publish \(folder) --take-over, with your other options")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      Refusal(.conflict, "Somebody else is publishing to \(folder)", hint: "Wait until it is done.")
    case .SQLITE_FULL:
      FileFailure("write", list, ENOSPC)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_IOERR:
      Failure(description: "\(list) cannot be read or written (\(error.extendedResultCode)). \(looks)")
    default: nil
    }
  }

  /// Whether the list of a tree cannot be relied upon; reads all of it.
  static func isDamaged(_ folder: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: "\(folder)/.sen/published.db") else { return false }
    do {
      let queue = try DatabaseQueue(path: "\(folder)/.sen/published.db")
      let found = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
      try queue.close()
      return found != "ok"
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      return true
    }
  }

  /// Takes a list away that cannot be relied upon.
  static func discard(_ folder: String) throws {
    for ending in ["", "-wal", "-shm"] {
      let path = "\(folder)/.sen/published.db\(ending)"
      guard unlink(path) == 0 || errno == ENOENT else { throw FileFailure("remove", path, errno) }
    }
  }
}
