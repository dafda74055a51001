public import Foundation

/// What the kernel knows of every item, whatever its type.
public struct Envelope: Sendable, Hashable {
  /// Unique in the site across all types; never given twice. 0 until it is stored.
  public var id: Int64 = 0
  /// A UUIDv7 (RFC 9562) in lower case: the identity that travels in exports.
  public var uid: String
  public var type: String
  public var slug = ""
  public var title = ""
  public var state = State.draft
  public var author: String?
  /// A BCP 47 tag such as `vi`; nil for the site's own language.
  public var language: String?
  public var createdAt: Date
  public var updatedAt: Date
  public var publishAt: Date?
  public var expireAt: Date?
  public var trashedAt: Date?
  public var position: Int64?
  /// The places that an item may have: the whole numbers that every reader of JSON keeps exactly (RFC 8259, 6).
  public static let positions: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991
  /// The item's own id where it was imported from, such as `nukeviet:vi:article:12`.
  public var origin: String?
  /// Grows by one with each change.
  public var version: Int64 = 1

  public init(uid: String, type: String, createdAt: Date) {
    self.uid = uid
    self.type = type
    self.createdAt = createdAt
    updatedAt = createdAt
  }

  /// The item as messages name it: `article 12 “tin-moi”`.
  public var told: String { "\(type) \(id) “\(slug)”" }

  /// Whether visitors may see it at `now`.
  public func isPublic(at now: Date) -> Bool {
    state == .published && trashedAt == nil && (publishAt.map { $0 <= now } ?? true)
      && (expireAt.map { $0 > now } ?? true)
  }

  /// Whether visitors could have seen it and never will again: it has expired, or was taken away.
  public func isOver(at now: Date) -> Bool {
    state == .published && (trashedAt != nil || (expireAt.map { $0 <= now } ?? false))
  }
}

/// An item in memory without its Swift type: envelope and values in the order of its shape's fields.
///
/// A value that is copied when it is changed: pages hand items on a hundred times, and each of their texts would be
/// counted every time, by all threads at once.
public struct Item: Sendable, Hashable {
  @usableFromInline final class Storage: @unchecked Sendable {
    @usableFromInline var envelope: Envelope
    @usableFromInline var values: [FieldValue]
    @usableFromInline var tags: [Int64]

    @usableFromInline init(_ envelope: Envelope, _ values: [FieldValue], _ tags: [Int64]) {
      (self.envelope, self.values, self.tags) = (envelope, values, tags)
    }
  }

  /// Never changed while another item has it too.
  @usableFromInline var storage: Storage

  public init(envelope: Envelope, values: [FieldValue], tags: [Int64] = []) {
    storage = Storage(envelope, values, tags)
  }

  @inlinable public var envelope: Envelope {
    _read { yield storage.envelope }
    _modify {
      makeOwn()
      yield &storage.envelope
    }
  }

  @inlinable public var values: [FieldValue] {
    _read { yield storage.values }
    _modify {
      makeOwn()
      yield &storage.values
    }
  }

  /// The ids of its tags, in order.
  @inlinable public var tags: [Int64] {
    _read { yield storage.tags }
    _modify {
      makeOwn()
      yield &storage.tags
    }
  }

  @usableFromInline mutating func makeOwn() {
    if !isKnownUniquelyReferenced(&storage) {
      storage = Storage(storage.envelope, storage.values, storage.tags)
    }
  }

  public static func == (one: Item, other: Item) -> Bool {
    one.storage === other.storage
      || one.envelope == other.envelope && one.values == other.values && one.tags == other.tags
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(envelope)
    hasher.combine(values)
    hasher.combine(tags)
  }
}

/// An item in memory: envelope and typed body together.
public struct Entry<Body: Content>: Sendable {
  public var envelope: Envelope
  public var body: Body

  public init(_ item: Item) throws {
    envelope = item.envelope
    do throws(Complaints) {
      body = try Shape.stored(Body.self, item.values)
    } catch {
      throw Complaints(error.refusals.map { $0.at(item.envelope.told) })
    }
  }
}
