import ContentModel
import Formats
import GRDB
import Storage

/// Slugs that go from one item to another: of a source in which two have changed theirs for each other's, whichever
/// comes first finds its slug taken, and waits.
extension Importer {
  /// A record whose slug another item still has.
  struct Waiting {
    let record: SourceRecord
    let shape: Shape
    let slug: String
    /// The item that it is about; nil for a new one.
    let id: Int64?
    let refusal: Refusal
  }

  /// So many records wait at most, and so many bytes of texts.
  private static let (mostWaiting, mostWaitingBytes) = (1000, 64 << 20)

  static func key(_ slug: String, _ noun: String) -> String { "\(noun)\n\(slug)" }

  /// Sees whether a refused record may come in later, when the item that has its slug has got another.
  /// - Returns: false where it is refused for good.
  func postpone(_ record: SourceRecord, _ shape: Shape, _ refusal: Refusal) throws -> Bool {
    guard refusal.code == .conflict, refusal.field == "slug", let slug = record.values["slug"]?.text,
      !progress.isAtEnd
    else { return false }
    let (store, db) = (operation.site.store, operation.db)
    if try store.holder(of: slug, type: shape.name, db) == nil {
      // Only a former slug is in the way; one that this import has made so gives way.
      guard vacated.contains(Self.key(slug, shape.name)) else { return false }
      try operation.db.inSavepoint {
        try store.removeRedirect(from: slug, of: shape.name, db)
        try write(record, shape, nil, nil)
        return .commit
      }
      return true
    }
    let id = try match(record, shape)
    let own = try id.map { try operation.item($0).envelope.slug }
    let size = record.values.entries.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 0) }
    // What has been referred to by such a name would lead to the wrong one of the two.
    let names = [slug] + (own.map { [$0] } ?? [])
    guard waiting.count < Self.mostWaiting, waitingBytes + size < Self.mostWaitingBytes,
      names.allSatisfy({ known.id($0, of: shape.name) == nil })
    else { return false }
    waiting.append(Waiting(record: record, shape: shape, slug: slug, id: id, refusal: refusal))
    waitingBytes += size
    for name in names { progress.contested.insert(Self.key(name, shape.name)) }
    return true
  }

  /// Brings in the records that wait: those whose slug has become free, then those that change slugs among
  /// themselves. The others are refused.
  func settleSlugs() throws {
    guard !waiting.isEmpty else { return }
    let (store, db) = (operation.site.store, operation.db)
    func holder(_ record: Waiting) throws -> Int64? {
      try store.holder(of: record.slug, type: record.shape.name, db)
    }
    while let free = try waiting.firstIndex(where: { try holder($0) == nil }) {
      let record = waiting.remove(at: free)
      try attempt(record) {
        if vacated.contains(Self.key(record.slug, record.shape.name)) {
          try store.removeRedirect(from: record.slug, of: record.shape.name, db)
        }
        try write(record.record, record.shape, nil, nil)
      }
    }
    // What is left is a permutation, or waits for what will not come.
    while !waiting.isEmpty {
      let ids = Set(waiting.compactMap(\.id))
      var wanted: Set<String> = []
      let stuck = try waiting.firstIndex { record in
        let isTaken = !wanted.insert(Self.key(record.slug, record.shape.name)).inserted
        return try record.id == nil || isTaken || !(holder(record).map(ids.contains) ?? false)
      }
      if let stuck {
        let record = waiting.remove(at: stuck)
        try refuse(record.refusal, record.record)
      } else if try exchange() {
        waiting = []
      }
    }
    waitingBytes = 0
    progress.contested = []
  }

  /// Writes the records that wait and gives their items each other's slugs; all of them or, where one is refused,
  /// none, and that one waits no more.
  private func exchange() throws -> Bool {
    let (before, later) = (summary, deferred.count)
    for (index, record) in waiting.enumerated() {
      guard let id = record.id else { continue }
      do {
        // Once without keeping it, to find the one that would be refused.
        try operation.db.inSavepoint {
          try change(id, record.withoutSlug, record.shape)
          return .rollback
        }
      } catch let refusal as Refusal {
        (summary, waiting) = (before, waiting.enumerated().filter { $0.offset != index }.map(\.element))
        deferred.removeSubrange(later...)
        try refuse(refusal, record.record)
        return false
      }
    }
    deferred.removeSubrange(later...)
    for record in waiting {
      if let id = record.id { try change(id, record.withoutSlug, record.shape) }
    }
    try operation.exchangeSlugs(
      waiting.compactMap { record in
        record.id.map { ($0, record.slug, keepsTime: record.record.values["updatedAt"] != nil) }
      })
    summary = before
    summary.updated += waiting.count
    return true
  }

  /// Writes a record that has waited, or counts it as refused.
  private func attempt(_ record: Waiting, _ body: () throws -> Void) throws {
    let (before, later) = (summary, deferred.count)
    do {
      try operation.db.inSavepoint {
        try body()
        return .commit
      }
    } catch let refusal as Refusal {
      summary = before
      deferred.removeSubrange(later...)
      try refuse(refusal, record.record)
    }
  }
}

extension Importer.Waiting {
  fileprivate var withoutSlug: SourceRecord {
    var record = record
    record.values["slug"] = nil
    return record
  }
}

extension Operation {
  /// Gives items slugs that they have among themselves; each leaves a version. No redirect comes of it, for each slug
  /// still leads somewhere.
  func exchangeSlugs(_ slugs: [(id: Int64, slug: String, keepsTime: Bool)]) throws {
    let olds = try slugs.map { try item($0.id) }
    for old in olds {
      var parked = old
      // No item can have such a slug, nor may anybody see it.
      parked.envelope.slug = "~\(old.envelope.id)"
      try site.store.update(old, to: parked, db)
    }
    for (old, (_, slug, keepsTime)) in zip(olds, slugs) {
      var new = old
      new.envelope.slug = slug
      new.envelope.version = try site.store.nextVersion(after: old.envelope, db)
      if !keepsTime { new.envelope.updatedAt = max(now, old.envelope.createdAt) }
      try saveRevision(old)
      try site.store.update(old, to: new, db)
      try obey(old, new)
    }
  }
}
