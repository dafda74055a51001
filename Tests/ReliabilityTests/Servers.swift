import Foundation
import Testing

/// Real servers before the program, on free ports of this machine, in a folder of their own. Each ends by itself.
final class Servers {
  static func path(_ program: String) -> String? {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
  static var nginx: String? { path("curl") == nil ? nil : path("nginx") }
  static var varnish: String? { path("curl") == nil ? nil : path("varnishd") }

  static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples/Deploying").path

  struct Answer {
    let status: Int
    let headers: [String: String]
    let body: String
    subscript(name: String) -> String? { headers[name.lowercased()] }
  }

  let sen: SenProgram
  private var running: [Process] = []

  init(_ sen: SenProgram) { self.sen = sen }

  deinit {
    for process in running where process.isRunning {
      // `timeout` leads a group of its own. Threads of tests block other signals, and processes inherit that.
      kill(-process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  /// A port that nobody listens at.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Begins a server that ends after a quarter of an hour, whatever happens, and waits until it answers.
  func begin(_ command: String, port: Int, _ name: String) throws {
    running.append(try sen.begin("exec timeout 900 \(command)", name))
    for _ in 0..<600 {
      if try sen.sh("curl -s -o /dev/null http://127.0.0.1:\(port)/", "wait").code == 0 { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("\(name) does not answer: \(try sen.text("\(name).errors"))")
  }

  /// Begins nginx with a configuration of the examples, in which some texts are replaced, each of which must be there.
  func nginx(_ file: String, _ replaced: [(String, String)], port: Int) throws {
    let folder = sen.folder
    let program = try #require(Self.nginx)
    try Self.edited(file, replaced).write(toFile: "\(folder)/site.conf", atomically: true, encoding: .utf8)
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/temp-\($0);" }.joined(separator: " ")
    try """
    daemon off; pid \(folder)/nginx.pid; error_log \(folder)/nginx.log; worker_processes 1; events { }
    http { access_log off; \(temporary) include \(folder)/site.conf; }
    """.write(toFile: "\(folder)/nginx.conf", atomically: true, encoding: .utf8)
    let test = try sen.sh("\(program) -t -c \(folder)/nginx.conf", "nginx-test")
    #expect(test.code == 0 && !test.errors.contains("[warn]"), "\(test.errors)")
    try begin("\(program) -c \(folder)/nginx.conf", port: port, "nginx")
  }

  static func edited(_ file: String, _ replaced: [(String, String)]) throws -> String {
    var text = try String(contentsOfFile: "\(examples)/\(file)", encoding: .utf8)
    for (old, new) in replaced {
      #expect(text.contains(old), "\(file): \(old)")
      text = text.replacing(old, with: new)
    }
    return text
  }

  /// What a port answers to one request.
  func ask(_ port: Int, _ path: String, _ options: String = "") throws -> Answer {
    let ended = try sen.sh(
      "curl -s --path-as-is -m 20 -D heads -o body \(options) 'http://127.0.0.1:\(port)\(path)'", "curl")
    #expect(ended.code == 0, "\(path): \(ended.errors)")
    let lines = try sen.text("heads").split(whereSeparator: \.isNewline).map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[line[..<colon].lowercased(), default: ""] += value
    }
    let body = FileManager.default.contents(atPath: "\(sen.folder)/body") ?? Data()
    return Answer(
      status: Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0, headers: headers,
      body: String(decoding: body, as: UTF8.self))
  }

  /// Waits up to half a minute for something to be so.
  func eventually(_ what: String, _ isSo: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try isSo() { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("not within half a minute: \(what)")
  }
}
