import ContentModel
import Foundation

/// Whether a file is, by its bytes, what its field is for and what its name says.
struct MediaContent {
  /// So far into a file its kind is looked for.
  private static let start = 1024

  private let site: Site

  init(_ site: Site) { self.site = site }

  /// Refuses what no picture is where one is wanted, which is everywhere but where files are offered as they are; of those,
  /// what does not begin as its ending says.
  func check(_ path: String, called name: String, for field: FieldShape) throws {
    if field.has(.download) { return try checkEnding(path, name) }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    guard size <= PictureFacts.mostBytes else {
      throw Refusal(
        .invalid, "is too large for a picture", hint: "At most \(PictureFacts.mostBytes / 1_000_000) MB.")
    }
    _ = try site.pictures.examine(Data(contentsOf: URL(filePath: path), options: .mappedIfSafe))
  }

  private func checkEnding(_ path: String, _ name: String) throws {
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    guard let isOne = Self.kinds[ending] else { return }
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { file.closeFile() }
    let bytes = Array(try file.read(upToCount: Self.start) ?? Data())
    guard !isOne(bytes) else { return }
    throw Refusal(
      .invalid, "is called .\(ending), but begins like none",
      hint: "Call it what it is, or save it as what it is called.")
  }

  /// How files begin that have a sign to be known by: JPEG (ISO/IEC 10918-1), PNG, GIF, WebP (RFC 9649), PDF (ISO 32000,
  /// which readers also take where something stands before it), ZIP and what is made of it (PKWARE's note, 4.3). Office files
  /// with a password are compound files (MS-OFFCRYPTO).
  private static let kinds: [String: @Sendable ([UInt8]) -> Bool] = {
    func begins(_ signs: [UInt8]...) -> @Sendable ([UInt8]) -> Bool {
      { bytes in signs.contains { bytes.starts(with: $0) } }
    }
    let jpeg = begins([0xFF, 0xD8, 0xFF])
    let zip: [[UInt8]] = [[3, 4], [5, 6], [7, 8]].map { Array("PK".utf8) + $0 }
    let plainZip: @Sendable ([UInt8]) -> Bool = { bytes in zip.contains { bytes.starts(with: $0) } }
    let compound = begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    let office: @Sendable ([UInt8]) -> Bool = { plainZip($0) || compound($0) }
    return [
      "jpg": jpeg, "jpeg": jpeg, "png": begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      "gif": begins(Array("GIF87a".utf8), Array("GIF89a".utf8)),
      "webp": { $0.starts(with: "RIFF".utf8) && $0.dropFirst(8).starts(with: "WEBP".utf8) },
      "pdf": { $0.firstRange(of: Array("%PDF-".utf8)) != nil },
      "zip": plainZip, "odt": plainZip, "ods": plainZip, "odp": plainZip, "epub": plainZip,
      "docx": office, "xlsx": office, "pptx": office,
    ]
  }()
}
