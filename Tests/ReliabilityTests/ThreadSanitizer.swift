import Foundation
import Testing

/// What the thread sanitizer cannot run, for itself: it is told by `make sanitize`.
enum ThreadSanitizer {
  static let isOn = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil

  /// It keeps what it knows of a program's constants in a file of half a megabyte (`MapRodata` of compiler-rt), and reads
  /// behind the end of it where files may not be so large.
  static let needsFiles: Comment = "the thread sanitizer itself ends under so small a limit on files"
}
