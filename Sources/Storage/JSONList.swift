/// Lists as JSON, for `IN (SELECT value FROM json_each(?))`: one statement, kept compiled, serves lists of any length.
package enum JSONList {
  /// - Parameter names: of nouns or fields, which hold nothing that JSON would escape.
  package static func of(names: some Sequence<String>) -> String {
    "[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]"
  }

  package static func of(numbers: some Sequence<Int64>) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }
}
