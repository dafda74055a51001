import Foundation
import FoundationNetworking
import Testing

/// Chromium without a window, driven as a person would, by the W3C's WebDriver protocol.
///
/// Source: https://www.w3.org/TR/webdriver2/
final class WebDriver {
  static let program = executable("/usr/bin/chromedriver")
  static let browser = executable("/usr/bin/chromium")

  private let process = Process()
  private let profile: String
  private let port: Int
  private var session = ""

  /// - Parameter runsScripts: whether scripts of pages run; those of the tests do not need that.
  init(runsScripts: Bool) throws {
    profile = FileManager.default.temporaryDirectory.path + "/sen-browser-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: profile, withIntermediateDirectories: true)
    process.executableURL = URL(filePath: try #require(Self.program))
    process.arguments = ["--port=0"]
    process.environment = ["HOME": profile, "PATH": "/usr/bin:/bin", "TMPDIR": profile]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var said = ""
    while !said.contains("started successfully") || !said.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      said += String(decoding: data, as: UTF8.self)
    }
    let number = said.components(separatedBy: "started successfully on port ").last?.prefix { $0.isNumber }
    port = try #require(number.flatMap { Int($0) }, "chromedriver said: \(said)")
    let options: [String: Any] = [
      "binary": try #require(Self.browser),
      "args": [
        "headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu", "lang=vi",
        "user-data-dir=\(profile)/profile", "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
      "prefs": ["profile.managed_default_content_settings.javascript": runsScripts ? 1 : 2],
    ]
    let answer = try ask(
      "POST", "",
      [
        "capabilities": [
          "alwaysMatch": ["goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"]]
        ]
      ])
    session = try #require((answer as? [String: Any])?["sessionId"] as? String)
  }

  deinit {
    do {
      if !session.isEmpty { _ = try ask("DELETE", "") }
    } catch {
      FileHandle.standardError.write(Data("the browser stays: \(error)\n".utf8))
    }
    process.terminate()
    process.waitUntilExit()
    do { try FileManager.default.removeItem(atPath: profile) } catch {
      FileHandle.standardError.write(Data("\(profile) stays: \(error)\n".utf8))
    }
  }

  // MARK: What a person does

  func open(_ address: String) throws { _ = try ask("POST", "/url", ["url": address]) }
  func click(_ selector: String) throws { try act(selector, "click", [:]) }
  func type(_ text: String, into selector: String) throws { try act(selector, "value", ["text": text]) }

  /// Keys on the page, whatever has the focus.
  func press(_ keys: String...) throws {
    let actions = keys.flatMap { [["type": "keyDown", "value": $0], ["type": "keyUp", "value": $0]] }
    _ = try ask(
      "POST", "/actions",
      ["actions": [["type": "key", "id": "keyboard", "actions": actions] as [String: Any]]])
  }

  // MARK: What a person sees

  func title() throws -> String { try #require(try ask("GET", "/title") as? String) }
  func address() throws -> String { try #require(try ask("GET", "/url") as? String) }
  func text(_ selector: String) throws -> String {
    try #require(try ask("GET", "/element/\(element(selector))/text") as? String)
  }
  func count(_ selector: String) throws -> Int {
    try #require(try ask("POST", "/elements", ["using": "css selector", "value": selector]) as? [Any]).count
  }

  /// The element that has the focus: its text.
  func textInFocus() throws -> String {
    let found = try #require(try ask("GET", "/element/active") as? [String: String])
    let id = try #require(found.values.first)
    return try #require(try ask("GET", "/element/\(id)/text") as? String)
  }

  /// What the browser complained of since the last time: scripts that were blocked, files that are not there.
  func complaints() throws -> [String] {
    let entries = try #require(try ask("POST", "/se/log", ["type": "browser"]) as? [[String: Any]])
    return entries.filter { ["SEVERE", "WARNING"].contains($0["level"] as? String) }.map {
      "\($0["message"] ?? "")"
    }
  }

  /// The value of a script of the test's own.
  func value(_ script: String) throws -> Any? {
    try ask("POST", "/execute/sync", ["script": script, "args": [Any]()])
  }

  // MARK: The protocol

  private static func executable(_ path: String) -> String? {
    FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  private func element(_ selector: String) throws -> String {
    let found =
      try ask("POST", "/element", ["using": "css selector", "value": selector]) as? [String: String]
    return try #require(found?.values.first)
  }

  private func act(_ selector: String, _ action: String, _ body: [String: Any]) throws {
    _ = try ask("POST", "/element/\(element(selector))/\(action)", body)
  }

  private struct Problem: Error, CustomStringConvertible { let description: String }

  private func ask(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any? {
    let place = session.isEmpty ? "/session" : "/session/\(session)"
    var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(place)\(path)")))
    request.httpMethod = method
    request.timeoutInterval = 120
    if let body { request.httpBody = try JSONSerialization.data(withJSONObject: body) }
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let data = try Self.send(request)
    let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let value = answer?["value"]
    if let problem = value as? [String: Any], let kind = problem["error"] as? String {
      throw Problem(description: "\(path): \(kind): \(problem["message"] ?? "")")
    }
    return value is NSNull ? nil : value
  }

  private static func send(_ request: URLRequest) throws -> Data {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Data, any Error> = .failure(Problem(description: "no answer"))
    URLSession.shared.dataTask(with: request) { data, _, error in
      result = error.map { .failure($0) } ?? .success(data ?? Data())
      done.signal()
    }.resume()
    done.wait()
    return try result.get()
  }
}
