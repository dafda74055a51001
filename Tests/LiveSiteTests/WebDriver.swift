import Foundation
import SenTesting
import Testing

/// Chromium without a window, driven as a person would, by the W3C's WebDriver protocol.
///
/// Source: https://www.w3.org/TR/webdriver2/
final class WebDriver {
  static let program = executable("/usr/bin/chromedriver")
  static let browser = executable("/usr/bin/chromium")

  private let process = Process()
  private let profile: String
  private var port = 0
  private var session = ""

  /// - Parameter runsScripts: whether scripts of pages run; those of the tests do not need that.
  init(runsScripts: Bool) throws {
    profile = FileManager.default.temporaryDirectory.path + "/sen-browser-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: profile, withIntermediateDirectories: true)
    port = try Self.freePort()
    process.executableURL = URL(filePath: try #require(Self.program))
    process.arguments = ["--port=\(port)"]
    process.environment = ["HOME": profile, "PATH": "/usr/bin:/bin", "TMPDIR": profile]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // A child has the signals of the thread that makes it, and those of a pool block nearly all.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    let end = Date(timeIntervalSinceNow: 60)
    while !isReady() {
      try #require(process.isRunning && Date() < end, "chromedriver does not answer")
      Thread.sleep(forTimeInterval: 0.05)
    }
    let options: [String: Any] = [
      "binary": try #require(Self.browser),
      "args": [
        "headless=new", "window-size=1280,3000", "force-prefers-reduced-motion", "no-sandbox",
        "disable-dev-shm-usage", "disable-gpu", "lang=vi",
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

  /// Closes the browser.
  func quit() {
    do { _ = try ask("DELETE", "") } catch { Issue.record("the browser stays: \(error)") }
    session = ""
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    do { try FileManager.default.removeItem(atPath: profile) } catch {
      FileHandle.standardError.write(Data("\(profile) stays: \(error)\n".utf8))
    }
  }

  // MARK: What a person does

  func open(_ address: String) throws { _ = try ask("POST", "/url", ["url": address]) }
  /// The size of the window, in CSS pixels.
  func resize(_ width: Int, _ height: Int = 900) throws {
    _ = try ask("POST", "/window/rect", ["width": width, "height": height])
  }
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
  /// Waits until the browser has gone to an address that ends so, which it does after a click returns.
  func arrive(at ending: String) throws { try arrive(ending) { $0.hasSuffix(ending) } }
  /// The same at the page that says thanks.
  func arrive(thankedAt path: String) throws { try arrive(path) { $0.contains("\(path)?done=") } }

  private func arrive(_ place: String, _ isThere: (String) -> Bool) throws {
    let end = Date(timeIntervalSinceNow: 30)
    while try !isThere(address()) {
      guard Date() < end else { throw Problem(description: "at \(try address()), not at \(place)") }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
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

  private static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func isReady() -> Bool {
    guard let answer = try? PlainHTTP(port: port).ask("GET", "/status"), answer.status == 200,
      let data = try? JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
    else { return false }
    return ((data["value"] as? [String: Any])?["ready"] as? Bool) ?? false
  }

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
    let text = try body.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
    }
    let said = try PlainHTTP(port: port).ask(
      method, place + path, ["Content-Type": "application/json"], body: text)
    let answer = try JSONSerialization.jsonObject(with: Data(said.body.utf8)) as? [String: Any]
    let value = answer?["value"]
    if let problem = value as? [String: Any], let kind = problem["error"] as? String {
      throw Problem(description: "\(path): \(kind): \(problem["message"] ?? "")")
    }
    return value is NSNull ? nil : value
  }
}
