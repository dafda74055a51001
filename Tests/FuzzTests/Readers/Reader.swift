import ContentModel

/// Something that takes bytes of strangers: a file, an answer, a line. Whatever it is given, it reads or refuses.
///
/// `make fuzz` tries each with the inputs that libFuzzer thinks of, `make test` with a short list of damaged ones.
struct Reader: Sendable {
  let name: String
  /// Words of the format, for inputs that get beyond the first check.
  var words: [String] = []
  /// So long inputs are worth trying, in bytes.
  var most = 16_384
  /// Opens what the reader needs, a site perhaps, and gives what is to be called with each input. That throws
  /// `Refusal` for what it refuses; anything else thrown is a fault.
  let open: @Sendable () throws -> ([UInt8]) throws -> Void

  static let all: [Reader] =
    content + archives + [nukeViet, html] + hypertext + pictures + commands + values + providers
    + siteReaders

  static func named(_ name: String) -> Reader? { all.first { $0.name == name } }
}

/// A promise that an input broke.
struct Broken: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Fails where a promise does not hold.
func hold(_ condition: Bool, _ promise: @autoclosure () -> String) throws {
  guard condition else { throw Broken(promise()) }
}

/// The longest refusal that anybody would read, in bytes.
private let mostWords = 8192

/// Runs `body`, which may refuse in one short line; nil then.
@discardableResult
func readOrRefused<Value>(_ body: () throws -> Value) throws -> Value? {
  do {
    return try body()
  } catch let refusal as Refusal {
    try hold(!refusal.message.isEmpty && !refusal.message.contains("\n"), "refuses with: \(refusal.message)")
    try hold(
      refusal.description.utf8.count <= mostWords, "refuses at great length: \(refusal.message.prefix(500))")
    return nil
  }
}
