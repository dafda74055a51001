import CZlib

/// Compression for the way (RFC 1952), by zlib.
public enum Gzip {
  /// zlib refused to work: no memory.
  public struct Failure: Error, CustomStringConvertible {
    public let code: Int32
    public var description: String { "zlib does not compress: error \(code)" }
  }

  /// Fewer bytes than these fit into a packet as they are.
  public static let leastBytes = 1024

  /// - Parameter level: 1 is quick, 9 is small.
  public static func compressed(_ bytes: [UInt8], level: Int32 = 6) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    let begun = sen_gzip_begin(&stream, level)
    guard begun == Z_OK else { throw Failure(code: begun) }
    defer { deflateEnd(&stream) }
    var result = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let code = bytes.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard code == Z_STREAM_END else { throw Failure(code: code) }
    result.removeLast(result.count - Int(stream.total_out))
    return result
  }

  /// Whether content of a media type gets smaller: text does, pictures do not.
  public static func pays(forType type: String) -> Bool {
    let type = type.prefix { $0 != ";" }.lowercased()
    return type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("+json")
      || ["application/json", "application/javascript", "application/xml", "application/x-ndjson"].contains(
        type)
  }

  /// Whether `Accept-Encoding` lets gzip through (RFC 9110, 12.5.3): `gzip, br;q=0.5`, `*`, not `gzip;q=0`.
  public static func isAccepted(by acceptEncoding: String?) -> Bool {
    guard let acceptEncoding else { return false }
    var byStar = false
    for part in acceptEncoding.split(separator: ",") {
      let words = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let name = words.first else { continue }
      let weight = words.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      if name == "gzip" || name == "x-gzip" { return weight > 0 }
      if name == "*" { byStar = weight > 0 }
    }
    return byStar
  }
}
