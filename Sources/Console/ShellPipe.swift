import CReadline
public import Formats
import Glibc

/// `COMMAND | shell command`: what is written here is the standard input of `/bin/sh -c command`.
///
/// Its output goes where ours goes. `finish` ends nothing (a command may write more than one table);
/// `close` does.
public final class ShellPipe: ByteSink {
  private let child: ChildProcess
  private let name: String
  private var descriptor: Int32?

  /// Starts `command`.
  public static func open(_ command: String, environment: [String: String]) throws -> ShellPipe {
    // On Ctrl-C the shell ends after the command that it waits for, which may have its own use for it:
    // less goes on, and must not be left alone with the terminal.
    try ShellPipe(
      ["/bin/sh", "-c", "trap 'exit 130' INT\n\(command)"], name: command, environment: environment)
  }

  init(_ arguments: [String], name: String, environment: [String: String]) throws {
    self.name = name
    var ends: [Int32] = [0, 0]
    if sen_pipe(&ends) != 0 { throw FileFailure("open a pipe to", name, errno) }
    defer { _ = Glibc.close(ends[0]) }
    do {
      child = try ChildProcess.start(arguments, environment: environment, input: ends[0])
    } catch {
      _ = Glibc.close(ends[1])
      throw error
    }
    descriptor = ends[1]
  }

  deinit {
    if let descriptor { _ = Glibc.close(descriptor) }
  }

  /// Throws a `FileFailure` of `EPIPE` where the command stopped reading (`| head`): call `close()` all
  /// the same.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    guard let descriptor else { throw FileFailure("write to", name, EBADF) }
    try DescriptorSink.write(bytes, to: descriptor, name: name)
  }

  public func finish() {}

  /// Ends the input and waits for the command: its exit code, or 128 and the signal that ended it.
  /// Meanwhile Ctrl-C is the command's alone. The second time there is nothing to wait for, and 0.
  @discardableResult
  public func close() throws -> Int32 {
    guard let descriptor else { return 0 }
    self.descriptor = nil
    _ = Glibc.close(descriptor)
    return try child.waitInForeground().code
  }
}
