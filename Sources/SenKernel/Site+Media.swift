import ContentModel
public import Formats
public import Foundation
public import GRDB
import Storage

extension Site {
  /// Where the file of a media name lies.
  public func mediaPath(_ name: String) -> String { "\(mediaFolder)/\(name.prefix(2))/\(name)" }

  /// Whether the file of a media name is there.
  public func hasMedia(_ name: String) -> Bool { Self.isFile(mediaPath(name)) }

  /// Whether a plain file is there, or a link to one; a pipe would be waited for.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The largest file that is taken in, in bytes: one that says to be more is a mistake, or a hole.
  static let largestMedia = 4 << 30

  /// Copies a file into the site under the hash of its content. Refused where it is no plain file.
  /// - Parameters:
  ///   - folder: what the file has to lie in, links followed; `path` is then relative to it.
  ///   - keeps: whether the file is brought in, or only named.
  ///   - batch: with which the file gets its name; at once if nil.
  ///   - onArrival: told where the file lies, if it was not there before.
  /// - Returns: its media name. The same content is kept once.
  public func addMedia(
    _ path: String, in folder: String? = nil, keeps: Bool = true, batch: AtomicBatch? = nil,
    onArrival: @escaping (_ path: String) -> Void = { _ in }
  ) throws -> String {
    let source = try ByteSource(plainFile: path, in: folder)
    guard let size = source.size, size <= Self.largestMedia else {
      throw Refusal(.invalid, "\(source.name) is too large", hint: "At most \(Self.largestMedia >> 30) GB.")
    }
    func digest(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> String {
      let sum = try SHA256()
      try source.forEachChunk { chunk in
        // One that grows might do so for ever.
        guard source.position <= size else { throw Self.changes(source) }
        try sum.update(chunk)
        try body(chunk)
      }
      return try sum.hex()
    }
    let hash = try digest { _ in }
    let suffix = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map {
      $0.lowercased()
    }
    let name = "\(hash).\(suffix ?? "bin")"
    guard MediaName.isName(name) else {
      throw Refusal(
        .invalid, "\(source.name) has an ending that no media file has", hint: "Such as .jpg, .png or .pdf.")
    }
    try keep(name, keeps, batch, onArrival) { file in
      try source.rewind()
      guard try digest({ try file.write($0) }) == hash else { throw Self.changes(source) }
    }
    return name
  }

  private static func changes(_ source: ByteSource) -> Refusal {
    Refusal(.conflict, "\(source.name) changes while it is read", hint: "Try again when it is complete.")
  }

  /// The same for bytes, which need an `ending` to be named.
  public func addMedia(
    _ bytes: Data, ending: String, keeps: Bool = true,
    onArrival: @escaping (_ path: String) -> Void = { _ in }
  ) throws -> String {
    let sum = try SHA256()
    try bytes.withUnsafeBytes { try sum.update($0) }
    let name = "\(try sum.hex()).\(ending)"
    guard MediaName.isName(name) else { throw Refusal(.invalid, "“\(ending)” is no ending of a media file") }
    try keep(name, keeps, nil, onArrival) { file in try bytes.withUnsafeBytes { try file.write($0) } }
    return name
  }

  /// Writes the file of a media name, unless it is there or not wanted.
  private func keep(
    _ name: String, _ keeps: Bool, _ batch: AtomicBatch?, _ onArrival: @escaping (_ path: String) -> Void,
    _ write: (AtomicFile) throws -> Void
  ) throws {
    let target = mediaPath(name)
    guard keeps, !FileManager.default.fileExists(atPath: target) else { return }
    try FileManager.default.createDirectory(
      atPath: "\(mediaFolder)/\(name.prefix(2))", withIntermediateDirectories: true)
    if let batch {
      let file = try batch.begin(path: target)
      try write(file)
      return try batch.add(file, onArrival: onArrival)
    }
    let file = try AtomicFile(path: target)
    try write(file)
    try file.finish()
    onArrival(target)
  }

  /// The names of the files that are there, in their order.
  public func mediaFiles() throws -> [String] { try Self.mediaFiles(in: mediaFolder) }

  /// The same for a folder `media/` whose site need not be open.
  static func mediaFiles(in mediaFolder: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: mediaFolder, isDirectory: &isFolder), isFolder.boolValue
    else { return [] }
    // What else somebody has put there is no file of the site.
    return try FileManager.default.contentsOfDirectory(atPath: mediaFolder).sorted()
      .filter { folder in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(mediaFolder)/\(folder)", isDirectory: &isFolder)
          && isFolder.boolValue
      }.flatMap { folder -> [String] in
        do {
          return try FileManager.default.contentsOfDirectory(atPath: "\(mediaFolder)/\(folder)").sorted()
            .filter { MediaName.isName($0) && isFile("\(mediaFolder)/\(folder)/\($0)") }
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
          // Another process has just taken its last file away.
          return []
        }
      }
  }

  /// The names that items refer to as they are now, those in the trash aside.
  func mediaShown(_ db: Database) throws -> Set<String> {
    var names: Set<String> = []
    for shape in registry.shapes {
      let files = Self.naming(shape)
      guard !files.isEmpty else { continue }
      try store.each(shape.name, Query(fields: Set(files.map { shape.fields[$0].name })), db) { item in
        names.formUnion(Self.mediaNames(in: item, files))
        return true
      }
    }
    return names
  }

  /// The names that some items refer to as they are now.
  func mediaShown(by ids: Set<Int64>, _ db: Database) throws -> Set<String> {
    var names: Set<String> = []
    for id in ids {
      guard let type = try store.type(of: id, db), let shape = registry.shape(type),
        let item = try store.fetch(id, of: type, db), item.envelope.trashedAt == nil
      else { continue }
      names.formUnion(Self.mediaNames(in: item, Self.naming(shape)))
    }
    return names
  }

  /// An item that has a file in a field or in its text, as messages name it; nil where none has.
  func holder(of name: String, _ db: Database) throws -> String? {
    for shape in registry.shapes {
      for field in Self.naming(shape).map({ shape.fields[$0] }) {
        let column = "\"\(field.name)\""
        let condition = field.kind == .media ? "\(column) = ?" : "instr(\(column), ?) > 0"
        let sql = "SELECT itemId FROM \"\(shape.name)\" WHERE \(condition) LIMIT 1"
        if let id = try Int64.fetchOne(db, sql: sql, arguments: [name]) {
          return try store.fetch(id, db)?.envelope.told
        }
      }
    }
    return nil
  }

  /// The names that items refer to, those in the trash and in former versions included.
  public func mediaInUse(_ db: Database) throws -> Set<String> {
    var names: Set<String> = []
    for shape in registry.shapes {
      let files = Self.naming(shape)
      guard !files.isEmpty else { continue }
      let fields = Set(files.map { shape.fields[$0].name })
      try store.each(shape.name, Query(isTrashed: nil, fields: fields), db) { item in
        names.formUnion(Self.mediaNames(in: item, files))
        return true
      }
      let former = try Row.fetchCursor(
        db,
        sql: """
          SELECT DISTINCT value FROM revision JOIN item ON item.id = itemId,
            json_each(CASE WHEN json_valid(snapshot) THEN snapshot ELSE '{}' END, '$.values')
          WHERE item.type = ?1 AND json_each.key IN (SELECT value FROM json_each(?2))
          UNION ALL SELECT snapshot FROM revision JOIN item ON item.id = itemId
          WHERE item.type = ?1 AND NOT json_valid(snapshot)
          """, arguments: [shape.name, JSONList.of(names: fields)])
      while let row = try former.next() {
        // A text of a snapshot is an object of one member, its kind.
        if let text: String = row[0] { names.formUnion(Self.mediaNames(in: text)) }
      }
    }
    return names
  }

  /// The names of files that `history undo` may need again, those of removed items above all.
  public func mediaInJournal(_ db: Database) throws -> Set<String> {
    var names: Set<String> = []
    try Journal.each(db) { entry in
      guard entry.size > 0 else { return true }
      try Journal.eachRow(of: entry.id, db) { row in
        for value in row.values {
          guard case .string(let text)? = value?.storage, text.utf8.count >= 64 else { continue }
          names.formUnion(Self.mediaNames(in: text))
        }
        return true
      }
      return true
    }
    return names
  }

  /// Removes those of the named files that nothing uses, asked anew while nobody can write: who brings a file in, or
  /// names one that is there, does so in an operation, and waits for this one.
  /// - Parameter needsJournal: whether what `history undo` may need stays too.
  /// - Returns: how many were removed.
  public func removeUnused(_ names: [String], needsJournal: Bool) throws -> Int {
    try write { operation in
      // The files are no rows, but the log tells who removed them.
      operation.notice.beside.insert("media")
      var kept = try mediaInUse(operation.db)
      if needsJournal { kept.formUnion(try mediaInJournal(operation.db)) }
      var count = 0
      for name in names where !kept.contains(name) {
        guard unlink(mediaPath(name)) == 0 else {
          // Another has removed it already.
          if errno == ENOENT { continue }
          throw FileFailure("remove", mediaPath(name), errno)
        }
        count += 1
      }
      return count
    }
  }
}
