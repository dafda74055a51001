import Foundation

/// A new file inside a folder that is being built, with its size and sum.
final class PlainFile {
  /// So many bytes go to the disk at once.
  private static let large = 131_072

  /// How failures name it.
  private let name: String
  private let descriptor: Int32
  private let sum: SHA256
  private var buffer: [UInt8] = []
  private var size = 0
  private var isOpen = true

  /// Makes the file, and the folders above it; fails where there is one.
  /// - Parameter name: how failures name it: the archive that people asked for, not where it is being built.
  init(_ path: String, name: String) throws {
    self.name = name
    sum = try SHA256()
    do throws(FileFailure) { try Folder.make(Folder.parent(of: path)) } catch {
      throw FileFailure(error.action, name, error.code)
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else {
      isOpen = false
      throw FileFailure("write", name, errno)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count < PlainFile.large else {
      // Bytes that are many already need no gathering, nor a second place in memory.
      try flush()
      return try put(bytes)
    }
    buffer.append(contentsOf: bytes)
    if buffer.count >= PlainFile.large { try flush() }
  }

  /// Ends the file and gives its SHA-256 and size.
  func finish() throws -> (sha256: String, size: Int) {
    try flush()
    isOpen = false
    guard close(descriptor) == 0 else { throw FileFailure("write", name, errno) }
    return (try sum.hex(), size)
  }

  deinit {
    if isOpen { close(descriptor) }
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { try put($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    try sum.update(bytes)
    try DescriptorSink.write(bytes, to: descriptor, name: name)
    size += bytes.count
  }
}
