import ContentModel
import Foundation
import Storage

extension Site {
  /// One operation that writes many items, with the database set for it.
  func writeMany<Value>(isDryRun: Bool = false, _ body: (Operation) throws -> Value) throws -> Value {
    try database.prepareForMany()
    let outcome = Result {
      try write(isDryRun: isDryRun) { operation in
        try BulkWriting.begin(operation.db)
        let value = try body(operation)
        try BulkWriting.end(operation.db)
        return value
      }
    }
    do {
      try database.settle()
    } catch {
      // What went wrong first is what the user should hear of.
      _ = try outcome.get()
      throw error
    }
    return try outcome.get()
  }
}

extension Site {
  /// The same, where they are many.
  /// - Parameter items: how many there are.
  func write<Value>(isDryRun: Bool, items: Int, _ body: (Operation) throws -> Value) throws -> Value {
    items < 500 ? try write(isDryRun: isDryRun, body) : try writeMany(isDryRun: isDryRun, body)
  }

  /// A new, empty item of a content type, not stored.
  func blank(_ shape: Shape, at now: Date) -> Item {
    var envelope = Envelope(uid: uids.next(at: clock()), type: shape.name, createdAt: now)
    envelope.author = actor
    return Item(envelope: envelope, values: shape.initialValues)
  }
}
