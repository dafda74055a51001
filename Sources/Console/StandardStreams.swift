import Formats
import Glibc

/// The three streams of the program and the terminal behind them.
public enum StandardStreams {
  /// Puts something in the place of streams that are closed (`2>&-`), else the next file that is opened would stand
  /// there, and be written into. Reading and writing there fails still. Call once, before any file is opened.
  public static func fillGaps() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The wrong way round, so that it can be neither read nor written; the lowest free number is this one.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// A write into a closed pipe becomes `OutputClosed` rather than the end of the program. Call once,
  /// first of all; children get the usual behaviour back.
  public static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// A write beyond the limit on the size of files (`ulimit -f`) becomes an error as a full disk is, rather than the
  /// end of the program. Call once, first of all; children get the usual behaviour back.
  public static func ignoreFileLimits() {
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// Whether `descriptor` (0 input, 1 output, 2 errors) is a terminal.
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns and rows of the terminal on `descriptor`; nil where there is none or it does not say.
  public static func terminalSize(_ descriptor: Int32 = 1) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes to standard error at once. A closed standard error has nobody to tell, so it is let be.
  public static func writeError(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      do {
        try DescriptorSink.write(UnsafeRawBufferPointer(bytes), to: 2, name: "standard error")
      } catch {
        // Standard error is where this would have been reported.
      }
    }
  }
}
