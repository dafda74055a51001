import Dispatch
import Foundation
import Glibc
import Locks
import Web

/// Lines in the combined format, gathered and handed over once a second, so that no request waits for a file.
final class AccessLog: Sendable {
  /// What is to be told of one request.
  struct Entry {
    var method = "-"
    var target = "-"
    var version = "HTTP/1.1"
    /// The client's, to be cut.
    var address = ""
    var referrer = ""
    var agent = ""
  }

  private struct State {
    var lines: [UInt8] = []
    var lost = 0
    var time = (second: -1, text: "")
    var cut = (address: "", text: "")
  }

  private static let mostBytes = 8 << 20
  private let state = Guarded(State())
  private let queue = DispatchQueue(label: "access log")
  private let sink: @Sendable ([UInt8]) -> Void

  init(_ sink: @escaping @Sendable ([UInt8]) -> Void) {
    self.sink = sink
    tick()
  }

  /// - Parameter bytes: of the body.
  func add(_ entry: Entry, status: Int, bytes: Int) {
    let now = time(nil)
    state.withLock { state in
      guard state.lines.count < Self.mostBytes else {
        state.lost += 1
        return
      }
      if state.time.second != now { state.time = (now, Self.timeText(now)) }
      if state.cut.address != entry.address { state.cut = (entry.address, ClientAddress.cut(entry.address)) }
      func plain(_ text: String) { state.lines.append(contentsOf: text.utf8) }
      plain(state.cut.text)
      plain(" - - [")
      plain(state.time.text)
      plain("] \"")
      Self.escape(entry.method, into: &state.lines)
      plain(" ")
      Self.escape(LogTarget.masked(entry.target), into: &state.lines)
      plain(" ")
      plain(entry.version)
      plain("\" ")
      plain(String(status))
      plain(" ")
      plain(bytes == 0 ? "-" : String(bytes))
      plain(" \"")
      Self.escape(entry.referrer.isEmpty ? "-" : LogTarget.masked(entry.referrer), into: &state.lines)
      plain("\" \"")
      Self.escape(entry.agent.isEmpty ? "-" : entry.agent, into: &state.lines)
      plain("\"\n")
    }
  }

  /// Hands over what there is.
  func flush() {
    queue.sync { hand() }
  }

  private func tick() {
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      self?.hand()
      self?.tick()
    }
  }

  private func hand() {
    var lines: [UInt8] = []
    let lost = state.withLock { state in
      swap(&lines, &state.lines)
      defer { state.lost = 0 }
      return state.lost
    }
    if lost > 0 {
      lines += Array("# \(lost) lines were lost: they came faster than they could be written\n".utf8)
    }
    if !lines.isEmpty { sink(lines) }
  }

  /// Quotes and what is no visible ASCII are written as `\x22`, as nginx does: nobody writes a line of his own.
  private static func escape(_ text: String, into lines: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        lines.append(byte)
      } else {
        lines += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }

  /// `30/Nov/2026:03:00:00 +0000`.
  private static func timeText(_ second: Int) -> String {
    let words = HTTPDate.text(Date(timeIntervalSince1970: Double(second))).split(separator: " ")
    return "\(words[1])/\(words[2])/\(words[3]):\(words[4]) +0000"
  }
}
