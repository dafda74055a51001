import Foundation

/// Patches that wait outside of memory, in a file without a name, until their operation ends.
final class PatchFile {
  private let file: UnsafeMutablePointer<FILE>
  /// Bytes of patches.
  private(set) var size = 0

  init() throws {
    guard let file = tmpfile() else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    self.file = file
  }

  deinit { fclose(file) }

  func append(_ patch: [UInt8]) throws {
    fseek(file, 0, SEEK_END)
    var count = patch.count
    guard fwrite(&count, MemoryLayout<Int>.size, 1, file) == 1, fwrite(patch, 1, count, file) == count else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    size += count
  }

  /// Calls `body` with each, first to last.
  func each(_ body: ([UInt8]) throws -> Void) throws {
    guard fflush(file) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    rewind(file)
    var size = 0
    while fread(&size, MemoryLayout<Int>.size, 1, file) == 1 {
      let patch = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = fread(buffer.baseAddress, 1, size, file)
      }
      guard patch.count == size else { throw POSIXError(.EIO) }
      try body(patch)
    }
  }
}
