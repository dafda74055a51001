import CReadline
import Glibc

/// `COMMAND | shell command`: what is written here is the standard input of `/bin/sh -c command`.
///
/// Its output goes where ours goes; flush our own before.
public final class ShellPipe: ByteOutput {
  private let child: ChildProcess
  private let output: PlainOutput
  private var isFinished = false

  /// Starts `command`.
  public static func open(_ command: String, environment: [String: String]) throws -> ShellPipe {
    try ShellPipe(["/bin/sh", "-c", command], environment: environment)
  }

  init(_ arguments: [String], environment: [String: String]) throws {
    var ends: [Int32] = [0, 0]
    if sen_pipe(&ends) != 0 { throw SystemFailure.last("pipe") }
    defer { _ = close(ends[0]) }
    output = PlainOutput(owning: ends[1])
    child = try ChildProcess.start(arguments, environment: environment, input: ends[0])
  }

  /// Throws `OutputClosed` where the command stopped reading (`| head`): call `finish()` all the same.
  public func write(bytes: UnsafeRawBufferPointer) throws { try output.write(bytes: bytes) }

  public func flush() throws { try output.flush() }

  /// Ends the input and waits for the command: its exit code, or 128 and the signal that ended it.
  /// A command that stopped reading early is no error.
  @discardableResult
  public func finish() throws -> Int32 {
    try finish { try child.wait() }
  }

  /// The same for a program that has the screen to itself.
  func finishInForeground() throws -> Int32 {
    try finish { try child.waitInForeground() }
  }

  private func finish(_ wait: () throws -> ChildProcess.Status) throws -> Int32 {
    guard !isFinished else { return 0 }
    isFinished = true
    var failure: (any Error)?
    do {
      try output.close()
    } catch is OutputClosed {
      // It has read what it wanted.
    } catch {
      failure = error
    }
    let status = try wait()
    if let failure { throw failure }
    return status.code
  }
}
