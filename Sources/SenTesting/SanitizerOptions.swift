public import Foundation

extension ProcessInfo {
  /// What the sanitizers are told by the environment of the tests, for the programs that tests start.
  public var sanitizerOptions: [String: String] { environment.filter { $0.key.hasSuffix("SAN_OPTIONS") } }
}
