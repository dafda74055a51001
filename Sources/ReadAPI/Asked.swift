import SenKernel
import Web

/// The parameters of a request to the API, each of which has to be one that there is.
struct Asked {
  private let query: FormData
  /// So long may a value be, in bytes.
  private static let longest = 1000

  init(_ query: FormData) { self.query = query }

  /// Refuses parameters that would not be heeded.
  func refuseOthers(than names: [String]) throws(WebProblem) {
    for field in query.fields where !names.contains(field.name) {
      let there = names.isEmpty ? "there are none here" : "there are: \(names.joined(separator: ", "))"
      throw .badRequest("\(FieldValue.text(field.name).summary) is no parameter here; \(there).")
    }
    for field in query.fields where field.value.utf8.count > Self.longest {
      throw .badRequest("\(field.name): the value is longer than \(Self.longest) bytes.")
    }
  }

  /// All values of a parameter that may be given several times.
  func all(_ name: String) -> [String] { query.all(name) }

  /// The value of a parameter that may be given once.
  func one(_ name: String) throws(WebProblem) -> String? {
    let values = query.all(name)
    guard values.count <= 1 else { throw .badRequest("\(name): is given \(values.count) times.") }
    return values.first
  }

  /// A whole number within bounds.
  func number(_ name: String, _ range: ClosedRange<Int>, usual: Int) throws(WebProblem) -> Int {
    guard let text = try one(name) else { return usual }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      range.contains(number)
    else {
      let shown = FieldValue.text(text).summary
      throw .badRequest("\(name): \(shown) is not a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// The same parameters with another value of one, as a query is written.
  func with(_ name: String, _ value: String) -> String {
    FormData(query.fields.filter { $0.name != name } + [.init(name, value)]).encoded
  }
}
