import ContentModel

/// Items of an NDJSON file, one JSON object a line; blank lines are passed over.
///
/// `{"type":"article","title":"Xin chào"}`
public struct NDJSONSource: RecordSource {
  private var lines: LineSource
  private let noun: String?
  private let file: String

  /// With `noun`, every line is one of it and keeps all its members; without, each line says its own as
  /// `"type"`, which is then not among its values. With `file`, its name stands before the line in each place.
  public init(_ source: ByteSource, noun: String? = nil, file: String? = nil, limit: Int = 64 << 20) {
    self.file = file.map { "\($0), " } ?? ""
    lines = LineSource(source, limit: limit)
    self.noun = noun
  }

  public var progress: (done: Int, total: Int?) { (lines.source.position, lines.source.size) }

  public mutating func next() throws -> SourceRecord? {
    let name = lines.source.name
    while true {
      let (noun, file) = (self.noun, self.file)
      let found: SourceRecord?? = try lines.withNext { number, bytes in
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        do throws(Refusal) {
          return try NDJSONSource.record(bytes, noun: noun, place: "\(file)line \(number)")
        } catch {
          throw error.at("\(name), line \(number)")
        }
      }
      guard let found else { return nil }
      if let record = found { return record }
    }
  }

  private static func record(
    _ bytes: UnsafeBufferPointer<UInt8>, noun: String?, place: String
  ) throws(Refusal) -> SourceRecord {
    guard case .map(var values) = try JSONReader.valueOfValid(bytes) else {
      throw Refusal(.invalid, "a line must hold one object, {…}")
    }
    if let noun { return SourceRecord(noun: noun, values: values, place: place) }
    guard let type = values["type"]?.text, !type.isEmpty else {
      throw Refusal(
        .invalid, "the object does not say its content type", field: "type",
        hint: "Add \"type\": \"article\", or name the content type in the command.")
    }
    values["type"] = nil
    return SourceRecord(noun: type, values: values, place: place)
  }
}
