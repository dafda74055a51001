import Foundation

extension ByteSource {
  /// The source itself where its bytes are all there; those of a pipe, all of them, in a file without a name.
  ///
  /// Whoever writes into a pipe, or types, may take their time; what is locked while the bytes are needed would stay so
  /// as long. Devices, which never wait and may never end, are left as they are.
  /// - Parameters:
  ///   - leaving: how many bytes stay free for others on the disk, however much more than a little the pipe brings.
  ///   - whileWaiting: called now and then; what it throws ends the reading.
  /// - Throws: `FileFailure` when the pipe or the disk fails.
  public func atRest(leaving: UInt = 512 << 20, whileWaiting: () throws -> Void = {}) throws -> ByteSource {
    var status = stat()
    guard size == nil, let descriptor, fstat(descriptor, &status) == 0,
      [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) || isatty(descriptor) == 1
    else { return self }
    let place = "a temporary file"
    guard let file = tmpfile() else { throw FileFailure("write", place, errno) }
    defer { fclose(file) }
    var chunk: [UInt8] = []
    var written = 0
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      try whileWaiting()
      guard poll(&waiting, 1, 200) != 0 else { continue }
      chunk.removeAll(keepingCapacity: true)
      guard try append(to: &chunk) > 0 else { break }
      guard fwrite(chunk, 1, chunk.count, file) == chunk.count else {
        throw FileFailure("write", place, errno)
      }
      if written >> 24 != (written + chunk.count) >> 24 {
        var room = statvfs()
        guard fstatvfs(fileno(file), &room) == 0, room.f_bavail &* room.f_frsize >= leaving else {
          throw FileFailure("write", place, ENOSPC)
        }
      }
      written += chunk.count
    }
    guard fflush(file) == 0 else { throw FileFailure("write", place, errno) }
    let copy = dup(fileno(file))
    guard copy >= 0, lseek(copy, 0, SEEK_SET) == 0 else { throw FileFailure("read", place, errno) }
    return ByteSource(descriptor: copy, name: name, closing: true)
  }
}
