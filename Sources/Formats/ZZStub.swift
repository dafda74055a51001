public struct NukeVietSource: RecordSource {
  public init(dump: ByteSource, scratch: any Scratch, mediaFolder: String?) throws {}
  public mutating func next() throws -> SourceRecord? { nil }
  public var progress: (done: Int, total: Int?) { (0, nil) }
}
