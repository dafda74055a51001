import ContentModel
import Foundation

/// A file that appears under its name only when it is complete and on the disk.
///
/// Bytes go to `.name.tmp-pid-random` beside it; `finish` syncs, renames and syncs the folder. Whatever
/// happens before leaves the file of that name as it was, and nothing beside it.
public final class AtomicFile: ByteSink {
  public let path: String
  private let temporary: String
  private var descriptor: Int32?
  private var buffer: [UInt8] = []

  /// Begins a file with the permissions of the one it replaces, else those of the user's umask. Refused where `path`
  /// is a folder, a device or a pipe; throws `FileFailure` where the folder cannot be written.
  /// - Parameter mode: the permissions of a new one, of which the umask takes its part.
  public convenience init(path: String, mode: UInt32 = 0o666) throws {
    try self.init(path: path, mode: mode, sweeps: true)
  }

  /// - Parameter sweeps: whether what others left of it is removed, which reads the folder.
  init(path: String, mode: UInt32 = 0o666, sweeps: Bool) throws {
    var status = stat()
    let isReplacing = stat(path, &status) == 0
    if isReplacing, status.st_mode & S_IFMT != S_IFREG {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Refusal(
        .conflict, "\(path) is \(isFolder ? "a folder" : "a device or pipe"), not a file",
        hint: isFolder ? "Name a file in it." : "Write to standard output with '-'.")
    }
    self.path = path
    if sweeps { TemporaryName.sweep(beside: path) }
    temporary = TemporaryName.beside(path)
    let opened = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard opened >= 0 else { throw FileFailure("write", path, errno) }
    descriptor = opened
    if isReplacing, fchmod(opened, status.st_mode & 0o777) != 0 { throw FileFailure("write", path, errno) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    guard let descriptor else { throw FileFailure("write", path, EBADF) }
    if bytes.count >= 131_072 {
      try flush()
      return try DescriptorSink.write(bytes, to: descriptor, name: path)
    }
    buffer.append(contentsOf: bytes)
    if buffer.count >= 131_072 { try flush() }
  }

  /// Gives the file its name; after it, nothing more may be written.
  public func finish() throws(FileFailure) { try finish { rename($0, $1) } }

  /// Gives the file its name unless another has it by now, which then stays as it is.
  public func finishIfFirst() throws(FileFailure) {
    try finish { temporary, path in
      guard link(temporary, path) == 0 || errno == EEXIST else { return -1 }
      return unlink(temporary)
    }
  }

  private func finish(_ place: (String, String) -> Int32) throws(FileFailure) {
    try flush()
    guard let descriptor else { throw FileFailure("write", path, EBADF) }
    guard fsync(descriptor) == 0 else { throw FileFailure("write", path, errno) }
    self.descriptor = nil
    guard Foundation.close(descriptor) == 0, place(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure("write", path, code)
    }
    try Folder.sync(Folder.parent(of: path))
  }

  /// Ends the file without giving it its name, nor waiting for the disk; its temporary path is the caller's from now on.
  func close() throws(FileFailure) -> String {
    try flush()
    guard let descriptor else { throw FileFailure("write", path, EBADF) }
    self.descriptor = nil
    buffer = []
    guard Foundation.close(descriptor) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure("write", path, code)
    }
    return temporary
  }

  /// Gives up: nothing of it stays.
  public func cancel() {
    guard let descriptor else { return }
    Foundation.close(descriptor)
    unlink(temporary)
    self.descriptor = nil
  }

  deinit { cancel() }

  private func flush() throws(FileFailure) {
    guard let descriptor else { throw FileFailure("write", path, EBADF) }
    let result = buffer.withUnsafeBytes { raw in
      Result { () throws(FileFailure) in try DescriptorSink.write(raw, to: descriptor, name: path) }
    }
    try result.get()
    buffer.removeAll(keepingCapacity: true)
  }
}
