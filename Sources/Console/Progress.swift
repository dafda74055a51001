import Glibc

/// How far a long operation is, on standard error and on a terminal only; silent elsewhere.
///
/// `Import ━━━━━━━━────────  50%  5000/10000  2500/s  0:02`, redrawn at most ten times a second and
/// wiped at the end.
public final class Progress {
  /// What is counted.
  public enum Unit: Sendable { case bytes, items }

  private let label: String
  private let total: Int?
  private let unit: Unit
  private let columns: () -> Int?
  private let now: () -> Double
  private let write: (String) -> Void
  private let started: Double
  private var drawn: Double?

  /// Draws on standard error where that is a terminal.
  ///
  /// - Parameter total: how many there are in all; nil where nobody knows.
  public convenience init(_ label: String, total: Int?, unit: Unit = .items) {
    self.init(
      label, total: total, unit: unit,
      columns: { StandardStreams.isTerminal(2) ? (StandardStreams.terminalSize(2)?.columns ?? 80) : nil },
      now: Progress.monotonicSeconds, write: StandardStreams.writeError)
  }

  /// - Parameters:
  ///   - columns: the width to draw in, asked at each drawing; nil draws nothing.
  ///   - now: seconds that never go back.
  public init(
    _ label: String, total: Int?, unit: Unit, columns: @escaping () -> Int?,
    now: @escaping () -> Double, write: @escaping (String) -> Void
  ) {
    self.label = VisibleText.escape(label)
    self.total = total
    self.unit = unit
    self.columns = columns
    self.now = now
    self.write = write
    started = now()
  }

  /// `done` of the total is behind us. Cheap: call it for every item.
  public func update(_ done: Int) {
    let time = now()
    // Nothing for what takes no time at all, and then ten a second.
    if time - (drawn ?? started) < 0.1 { return }
    guard let columns = columns() else { return }
    drawn = time
    write("\r\u{1B}[K" + line(done: done, seconds: time - started, columns: columns))
  }

  /// Wipes the bar. Call it also when the operation failed.
  public func finish() {
    if drawn != nil { write("\r\u{1B}[K") }
    drawn = nil
  }

  /// The bar as text, at most one column less than `columns`.
  func line(done: Int, seconds: Double, columns: Int) -> String {
    let rate = seconds > 0 ? Double(done) / seconds : 0
    var parts: [String] = []
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let percent = String(Int(share * 100))
      parts.append(String(repeating: " ", count: 3 - percent.count) + percent + "%")
      parts.append("\(amount(done))/\(amount(total))")
      parts.append("\(amount(Int(rate)))/s")
      if rate > 0, done < total { parts.append(clock(Double(total - done) / rate)) }
      let text = parts.joined(separator: "  ")
      let room = min(40, columns - 1 - DisplayWidth.of(label) - DisplayWidth.of(text) - 3)
      if room >= 5 {
        let filled = Int(share * Double(room))
        let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: room - filled)
        return "\(label) \(bar) \(text)"
      }
    } else {
      parts = [amount(done), "\(amount(Int(rate)))/s", clock(seconds)]
    }
    return DisplayWidth.truncate(label + " " + parts.joined(separator: "  "), to: max(0, columns - 1))
  }

  private func amount(_ count: Int) -> String {
    guard unit == .bytes else { return String(count) }
    switch count {
    case ..<10_000: return "\(count) B"
    case ..<10_000_000: return "\(count / 1_000) kB"
    case ..<10_000_000_000: return "\(count / 1_000_000) MB"
    default: return "\(count / 1_000_000_000) GB"
    }
  }

  /// `0:07`, `12:30`, `1:02:03`.
  private func clock(_ seconds: Double) -> String {
    let all = Int(min(seconds, 3_599_999).rounded(.up))
    let padded = { (value: Int) in value < 10 ? "0\(value)" : String(value) }
    let (hours, minutes) = (all / 3600, all / 60 % 60)
    return hours > 0
      ? "\(hours):\(padded(minutes)):\(padded(all % 60))" : "\(minutes):\(padded(all % 60))"
  }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
