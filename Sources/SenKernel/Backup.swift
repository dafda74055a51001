import ContentModel
import Formats
import Foundation
import Storage

/// What `backup.json` says of a backup: a copy of the database, and the files that lay in `media/`.
///
/// The files themselves are beside the backups, each once however many backups have it; see `BackupShelf`.
struct Backup: Sendable {
  /// Why a backup was made.
  enum Occasion: String, Sendable {
    /// Somebody asked for it.
    case asked
    /// What a restored backup has taken the place of.
    case restore = "before-restore"
    /// What the site was before a newer Sen changed its tables.
    case upgrade = "before-upgrade"
  }

  struct File: Sendable, Hashable {
    let name: String
    let size: Int
  }

  /// Grows when a reader of the former version would misread.
  static let version: Int64 = 1

  /// The name of its folder.
  var name: String
  /// Counts the backups of a shelf, so that their order does not hang on a clock that may jump.
  var number: Int64
  var made: Date
  var occasion: Occasion
  var note: String?
  /// The version of Sen that made it, and the kernel's migrations of the database.
  var sen: String
  var schema: [String]
  /// How many items of each content type.
  var counts: [(noun: String, count: Int64)]
  var database: (size: Int, sha256: String)
  /// Whether the database was damaged already when it was put here.
  var isDamaged: Bool
  var media: [File]
  /// Files that items name and that were lost before.
  var missing: [String]

  var items: Int64 { counts.reduce(0) { $0.addingClamped($1.count) } }
  var mediaSize: Int { media.reduce(0) { $0.addingClamped($1.size) } }
  /// The bytes of all of it.
  var size: Int { database.size.addingClamped(mediaSize) }

  /// No number of a backup comes near this; one beyond it was written by no Sen.
  static let most: Int64 = 1 << 50

  /// The bytes of `backup.json`.
  func json() throws -> [UInt8] {
    var map: FieldMap = [
      "format": .text("sen-backup"), "version": .integer(Self.version), "name": .text(name),
      "number": .integer(number), "made": .text(Timestamp.text(made)), "occasion": .text(occasion.rawValue),
      "sen": .text(sen), "schema": .list(schema.map { .text($0) }),
    ]
    map["note"] = note.map { .text($0) }
    var counted = FieldMap()
    for (noun, count) in counts { counted.append(noun, .integer(count)) }
    map.append("counts", .map(counted))
    map.append(
      "database", .map(["size": .integer(Int64(database.size)), "sha256": .text(database.sha256)]))
    if isDamaged { map.append("damaged", .bool(true)) }
    map.append(
      "media", .list(media.map { .map(["name": .text($0.name), "size": .integer(Int64($0.size))]) }))
    map.append("missing", .list(missing.map { .text($0) }))
    var bytes: [UInt8] = []
    try JSONWriter.append(map, to: &bytes)
    bytes.append(0x0A)
    return bytes
  }

  /// Reads `backup.json` of the folder `name`; refused where it is not whole.
  init(_ bytes: some Collection<UInt8>, name: String) throws(Refusal) {
    guard case .map(let map) = try JSONReader.value(bytes), map["format"] == .text("sen-backup") else {
      throw Refusal(.invalid, "it does not say that it is one")
    }
    guard let version = map["version"]?.integer, version <= Self.version else {
      throw Refusal(.invalid, "a later Sen made it", hint: "Use that version.")
    }
    guard let number = map["number"]?.integer, let made = map["made"]?.text.flatMap({ Timestamp.date($0) }),
      let occasion = map["occasion"]?.text.flatMap(Occasion.init), let sen = map["sen"]?.text,
      case .list(let schema)? = map["schema"], case .map(let counts)? = map["counts"],
      case .map(let database)? = map["database"], let size = database["size"]?.integer,
      let sum = database["sha256"]?.text, case .list(let media)? = map["media"],
      case .list(let missing)? = map["missing"]
    else { throw Refusal(.invalid, "it lacks a part") }
    func check(_ number: Int64, _ what: String) throws(Refusal) {
      guard (0...Self.most).contains(number) else {
        throw Refusal(.invalid, "\(number) is no \(what) that a backup can have")
      }
    }
    try check(number, "number")
    try check(size, "size")
    self.name = name
    (self.number, self.made, self.occasion, self.sen) = (number, made, occasion, sen)
    note = map["note"]?.text
    self.schema = schema.compactMap(\.text)
    self.counts = counts.entries.compactMap { entry in entry.value.integer.map { (entry.name, $0) } }
    for (_, count) in self.counts { try check(count, "count of items") }
    self.database = (Int(size), sum)
    isDamaged = map["damaged"] == .bool(true)
    var files: [File] = []
    for value in media {
      guard case .map(let file) = value, let name = file["name"]?.text, MediaName.isName(name),
        let size = file["size"]?.integer
      else { throw Refusal(.invalid, "it names a file wrongly") }
      try check(size, "size of a file")
      files.append(File(name: name, size: Int(size)))
    }
    self.media = files
    self.missing = missing.compactMap(\.text)
  }

  init(
    name: String, number: Int64, made: Date, occasion: Occasion, note: String?, schema: [String],
    counts: [(noun: String, count: Int64)], database: (size: Int, sha256: String), isDamaged: Bool,
    media: [File], missing: [String]
  ) {
    (self.name, self.number, self.made, self.occasion) = (name, number, made, occasion)
    (self.note, self.schema, self.counts) = (note, schema, counts)
    (self.database, self.isDamaged, self.media, self.missing) = (database, isDamaged, media, missing)
    sen = Release.version
  }
}
