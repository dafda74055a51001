import ContentModel
import Formats
import GRDB
import Storage

/// Writes items as lines of JSON straight from the rows of the database.
///
/// The bytes are those that `ItemRecord` and `JSONWriter` give, which a test holds it to; no value is made of them
/// on the way, so that an export takes little more time than reading the database.
final class RecordBytes {
  /// Where the value of a field comes from.
  private enum Part {
    case text, integer, real, bool, texts, media
    case name(ItemStore.NameColumn)
    case list([UInt8], ItemStore.NameColumn)
  }

  private let record: ItemRecord
  private let store: ItemStore
  private let db: Database
  private let wanted: [String]
  private var parts: [(start: [UInt8], part: Part)] = []
  private let hasLists: Bool
  /// Names of items as JSON texts, by id.
  private var names: [Int64: [UInt8]] = [:]
  private var links: [(field: [UInt8], targets: [Int64])] = []
  /// The files that the items name.
  private(set) var media: Set<String> = []

  /// So many names are remembered before the memory is emptied.
  private static let most = 20_000

  /// - Parameters:
  ///   - wanted: the fields, in the order in which they are written.
  ///   - type: whether each object begins with its type.
  init(_ record: ItemRecord, _ wanted: [String], saysType: Bool, _ store: ItemStore, _ db: Database) throws {
    (self.record, self.wanted, self.store, self.db) = (record, wanted, store, db)
    var start: [UInt8] = [0x7B]
    if saysType {
      JSONWriter.appendText("type", to: &start)
      start.append(0x3A)
      JSONWriter.appendText(record.fields.shape.name, to: &start)
      start.append(0x2C)
    }
    for name in wanted {
      JSONWriter.appendText(name, to: &start)
      start.append(0x3A)
      let kind = try record.fields.field(name).kind
      let part: Part =
        switch kind {
        case .text, .url, .choice, .date: .text
        case .media: .media
        case .integer: .integer
        case .real: .real
        case .bool: .bool
        case .texts: .texts
        case .reference(let target): .name(record.column(target))
        case .references(let target): .list(Array(name.utf8), record.column(target))
        }
      parts.append((start, part))
      start = [0x2C]
    }
    links = parts.compactMap { if case .list(let field, _) = $0.part { (field, []) } else { nil } }
    hasLists = !links.isEmpty
  }

  /// Appends a line for each item of the query to `bytes`, and calls `passOn` after each.
  func write(_ query: Query, to bytes: inout [UInt8], _ passOn: (inout [UInt8]) throws -> Void) throws {
    try store.eachRow(record.fields.shape.name, query, fields: wanted, db) { row in
      if hasLists { try readLinks(row.integer(0) ?? 0) }
      for (index, (start, part)) in parts.enumerated() {
        bytes.append(contentsOf: start)
        try append(row, index + 1, part, to: &bytes)
      }
      bytes.append(0x7D)
      bytes.append(0x0A)
      try passOn(&bytes)
    }
  }

  private func readLinks(_ id: Int64) throws {
    for index in links.indices { links[index].targets.removeAll(keepingCapacity: true) }
    try ItemStore.eachLink(of: id, db) { field, target in
      guard let index = links.firstIndex(where: { $0.field.elementsEqual(field) }) else { return }
      links[index].targets.append(target)
    }
  }

  private func append(_ row: RawRow, _ column: Int, _ part: Part, to bytes: inout [UInt8]) throws {
    switch part {
    case .text:
      if let text = row.text(column) { return JSONWriter.appendText(text, to: &bytes) }
    case .media:
      if let text = row.text(column) {
        media.insert(String(decoding: text, as: UTF8.self))
        return JSONWriter.appendText(text, to: &bytes)
      }
    case .integer:
      if let integer = row.integer(column) { return try JSONWriter.append(.integer(integer), to: &bytes) }
    case .real:
      if let real = row.real(column) { return try JSONWriter.append(.real(real), to: &bytes) }
    case .bool:
      if let bool = row.integer(column) { return try JSONWriter.append(.bool(bool != 0), to: &bytes) }
    case .texts:
      if let text = row.text(column) {
        return try JSONWriter.append(try JSONReader.value(text), to: &bytes)
      }
    case .name(let name):
      if let id = row.integer(column) { return try appendName(id, name, to: &bytes) }
    case .list(let field, let name):
      bytes.append(0x5B)
      let targets = links.first { $0.field == field }?.targets ?? []
      for (index, target) in targets.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        try appendName(target, name, to: &bytes)
      }
      bytes.append(0x5D)
      return
    }
    bytes.append(contentsOf: "null".utf8)
  }

  private func appendName(_ id: Int64, _ column: ItemStore.NameColumn, to bytes: inout [UInt8]) throws {
    let isUsual = column != .typeAndSlug
    if isUsual, let name = names[id] {
      bytes.append(contentsOf: name)
      return
    }
    var name: [UInt8] = []
    JSONWriter.appendText(try record.names.text(id, as: column), to: &name)
    if names.count >= Self.most { names.removeAll(keepingCapacity: true) }
    if isUsual { names[id] = name }
    bytes.append(contentsOf: name)
  }
}
