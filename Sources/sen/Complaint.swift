import Console
import ContentModel
import Formats
import Foundation
import GRDB
import SenKernel

/// What went wrong, as the user is told it, and the exit code.
struct Complaint {
  let code: Int32
  /// The stable word of `--errors json`.
  let kind: String
  let field: String?
  let message: String
  let hint: String?
  let isJSON: Bool

  init(_ error: any Error, asJSON: Bool) {
    isJSON = asJSON
    switch error {
    case let refusal as Refusal:
      (code, kind, field) = (refusal.code.exitCode, refusal.code.rawValue, refusal.field)
      (message, hint) = (refusal.message, refusal.hint)
    case let complaints as Complaints:
      let refusal = complaints.refusal
      (code, kind, field) = (refusal.code.exitCode, refusal.code.rawValue, refusal.field)
      (message, hint) = (refusal.message, refusal.hint)
    case is DoneInPart: (code, kind, field, message, hint) = (7, "part", nil, "", nil)
    case is CancellationError:
      (code, kind, field, message, hint) = (130, "interrupted", nil, "Stopped; nothing was changed", nil)
    case let stop as StoppedInPart:
      (code, kind, field, message, hint) = (130, "interrupted", nil, "Stopped; \(stop.done)", nil)
    case let failure as FailedInPart:
      let cause = Complaint(failure.cause, asJSON: asJSON)
      (code, kind, field, message) = (cause.code, cause.kind, cause.field, cause.message)
      hint = "\(failure.done); that is kept. \(cause.hint ?? "Go on when it is mended.")"
    case let failure as FileFailure where failure.code == EPIPE:
      (code, kind, field, message, hint) = (0, "closed", nil, "", nil)
    case let error as CocoaError where error.filePath != nil || error.url != nil:
      // Foundation tells its errors in the words of its classes.
      let reason = (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
      (code, kind, field, hint) = (1, "failure", nil, nil)
      message = "\(error.filePath ?? error.url?.path ?? "A file"): \(reason ?? error.localizedDescription)"
    case let damage as DamagedValue:
      (code, kind, field, message) = (1, "failure", nil, "The site is damaged: \(damage)")
      hint = "See what else is, and mend it: sen site doctor, sen site doctor --fix"
    case let error as DatabaseError:
      (code, kind, field) = (1, "failure", nil)
      (message, hint) = Self.database(error)
    default: (code, kind, field, message, hint) = (1, "failure", nil, "\(error)", nil)
    }
  }

  private static func database(_ error: DatabaseError) -> (String, String?) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      (
        "Another process is writing to the site and has not finished in 30 seconds",
        "Nothing was changed; try again."
      )
    case .SQLITE_FULL: ("The disk is full", "Nothing was changed; make room and try again.")
    case .SQLITE_READONLY:
      (
        "The site cannot be written to",
        "Look at the owner and the mode of site.db and its folder, and for room on the disk."
      )
    case .SQLITE_IOERR
    where [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ].contains(error.extendedResultCode):
      (
        "site.db cannot be read: the disk fails",
        "Save what can be saved; the last good state is in: sen backup list"
      )
    case .SQLITE_IOERR:
      (
        "site.db cannot be written: the disk is full or fails, or a limit on the size of files is in the way",
        "Nothing was changed. Look at: df, ulimit -f"
      )
    case .SQLITE_CANTOPEN:
      (
        "site.db, or the log beside it, cannot be opened",
        "Look at the owner and the mode of the site's folder and of what is in it, and for room on the disk."
      )
    case .SQLITE_ERROR where error.message?.hasPrefix("Expression tree is too large") == true,
      .SQLITE_TOOBIG:
      ("That is too much to ask or to write at once", "Do it in parts.")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      (
        "site.db is damaged: \(error.message ?? "unreadable")",
        "See what is: sen site doctor; go back to a backup: sen backup list, sen backup restore NAME"
      )
    default: ("The database failed: \(error.message ?? "unknown") (\(error.extendedResultCode))", nil)
    }
  }

  /// Writes the message to standard error, after what the command has written.
  func tell(after output: DoorOutput?) -> Int32 {
    let reader = output?.abandon() ?? 0
    // A reader that has left says itself whether that was a failure.
    if kind == "closed" { return reader }
    guard !message.isEmpty else { return code }
    if isJSON {
      var map: FieldMap = ["code": .text(kind), "message": .text(message)]
      if let field { map.append("field", .text(field)) }
      if let hint { map.append("hint", .text(hint)) }
      var bytes: [UInt8] = []
      do { try JSONWriter.append(map, to: &bytes) } catch { bytes = Array(message.utf8) }
      StandardError.line(String(decoding: bytes, as: UTF8.self))
    } else {
      // What was typed or read stands in the message, and may hold what acts on a terminal.
      StandardError.line(VisibleText.escape("sen: \(message)", keepsNewlines: true))
      if let hint { StandardError.line(VisibleText.escape("     \(hint)", keepsNewlines: true)) }
    }
    return code
  }
}

enum StandardError {
  static func line(_ text: String) { StandardStreams.writeError(text + "\n") }
}
