import CDigest
public import ContentModel
import Foundation

/// Bytes read in chunks from a file, a descriptor (standard input) or memory.
///
/// It has identity because a descriptor has: two readers of one source share its position.
public final class ByteSource {
  /// How messages name the source: its path, `standard input`.
  public let name: String
  /// Bytes to come in all, counted from the start of reading; nil for pipes and terminals.
  public let size: Int?
  /// Bytes read so far.
  public private(set) var position = 0

  /// nil for what lies in memory.
  let descriptor: Int32?
  private let isOwner: Bool
  private let memory: [UInt8]

  /// Opens the file at `path`; refused where it is missing, a folder, or not to be read by this user.
  /// - Parameter name: how messages name it; its path unless told otherwise.
  public init(path: String, name: String? = nil) throws(Refusal) {
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw ByteSource.refusal(path, errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(opened)
      throw Refusal(.invalid, "\(path) is a folder, not a file", hint: "Name a file in it.")
    }
    self.name = name ?? path
    descriptor = opened
    isOwner = true
    memory = []
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Opens a plain file that somebody else may have put there: a pipe or a device, which might never end, is refused
  /// without a byte of it being read.
  /// - Parameter folder: what the file has to lie in, links followed; `path` is then relative to it.
  public init(plainFile path: String, in folder: String? = nil) throws(Refusal) {
    let shown = folder.map { "\($0)/\(path)" } ?? path
    // Without O_NONBLOCK, opening a pipe waits for whoever writes into it.
    let opened = try ByteSource.opened(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, in: folder, shown)
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Refusal(
        .invalid, "\(shown) is \(isFolder ? "a folder" : "a device or pipe"), not a file",
        hint: isFolder ? "Name a file in it." : nil)
    }
    name = shown
    descriptor = opened
    isOwner = true
    memory = []
    size = Int(status.st_size)
  }

  private static func opened(
    _ path: String, _ flags: Int32, in folder: String?, _ shown: String
  ) throws(Refusal) -> Int32 {
    guard let folder else {
      let opened = open(path, flags)
      guard opened >= 0 else { throw refusal(shown, errno) }
      return opened
    }
    let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw refusal(folder, errno) }
    defer { close(parent) }
    // A slash before it is no more than one between it and the folder.
    let opened = sen_open_beneath(parent, String(path.drop { $0 == "/" }), flags)
    guard opened >= 0 else {
      let code = errno
      if code == ENOSYS, let real = realPath(shown), let root = realPath(folder), real.hasPrefix("\(root)/") {
        // Before Linux 5.6; who puts a link there in this moment can do so.
        let opened = open(real, flags | O_NOFOLLOW)
        guard opened >= 0 else { throw refusal(shown, errno) }
        return opened
      }
      // Such as a link to /etc, or a chain of links without an end.
      guard [EXDEV, ELOOP, ENOSYS].contains(code) else { throw refusal(shown, code) }
      throw Refusal(
        .invalid, "The file \(path) lies outside \(folder)",
        hint: "Put the file itself into the folder, not a link that leads out of it.")
    }
    return opened
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Begins anew with a file's first byte.
  public func rewind() throws(FileFailure) {
    if let descriptor, lseek(descriptor, 0, SEEK_SET) != 0 { throw FileFailure("read", name, errno) }
    position = 0
  }

  /// Reads from an open descriptor, from where it stands; it is closed at the end only when `closing`.
  public init(descriptor: Int32, name: String, closing: Bool = false) {
    self.name = name
    self.descriptor = descriptor
    isOwner = closing
    memory = []
    var status = stat()
    let offset = lseek(descriptor, 0, SEEK_CUR)
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isFile && offset >= 0 ? max(0, Int(status.st_size) - Int(offset)) : nil
  }

  /// Reads bytes that are already in memory.
  public init(bytes: [UInt8], name: String = "memory") {
    self.name = name
    descriptor = nil
    isOwner = false
    memory = bytes
    size = bytes.count
  }

  /// Standard input.
  public static func standardInput() -> ByteSource {
    ByteSource(descriptor: STDIN_FILENO, name: "standard input")
  }

  /// Up to `maximum` bytes; empty only at the end. Throws `FileFailure` when the device fails.
  public func read(maximum: Int = 262_144) throws(FileFailure) -> [UInt8] {
    var chunk: [UInt8] = []
    try append(to: &chunk, maximum: maximum)
    return chunk
  }

  /// Appends up to `maximum` bytes to `buffer` and says how many; 0 only at the end.
  @discardableResult
  public func append(to buffer: inout [UInt8], maximum: Int = 262_144) throws(FileFailure) -> Int {
    let wanted = descriptor == nil ? min(maximum, memory.count - position) : maximum
    let start = buffer.count
    // An array would write a length of 0 into the empty array that all threads share.
    guard wanted > 0 else { return 0 }
    // Room that is not filled with zeros first.
    try buffer.append(addingCapacity: wanted) { (output: inout OutputSpan<UInt8>) throws(FileFailure) in
      try output.withUnsafeMutableBufferPointer { (room, count) throws(FileFailure) in
        count = try read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(room)[..<wanted]))
      }
    }
    return buffer.count - start
  }

  /// Fills `target` from its start with what one read gives, and says how many bytes; 0 only at the end.
  public func read(into target: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    guard let base = target.baseAddress, !target.isEmpty else { return 0 }
    guard let descriptor else {
      let count = min(target.count, memory.count - position)
      memory.withUnsafeBytes { bytes in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
      }
      position += count
      return count
    }
    while true {
      let count = Foundation.read(descriptor, base, target.count)
      if count >= 0 {
        position += count
        return count
      }
      if errno == EAGAIN {
        // Another program that shares the terminal or pipe has made it non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw FileFailure("read", name, errno)
      }
    }
  }

  deinit {
    if isOwner, let descriptor { close(descriptor) }
  }

  private static func refusal(_ path: String, _ code: Int32) -> Refusal {
    switch code {
    case ENOENT, ENOTDIR: Refusal(.notFound, "There is no file \(path)", hint: "Check the path.")
    case EACCES, EPERM: Refusal(.invalid, "\(path) may not be read", hint: "Check its permissions.")
    default: Refusal(.invalid, "\(path) cannot be opened: \(String(cString: strerror(code)))")
    }
  }
}
