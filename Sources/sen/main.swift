import Console
import Foundation

// The shell's door: one command from the arguments; without any, the console, or a script on standard input.
StandardStreams.fillGaps()
StandardStreams.ignoreBrokenPipes()
StandardStreams.ignoreFileLimits()
do {
  exit(Doors(try Program()).enter(Array(CommandLine.arguments.dropFirst())))
} catch {
  exit(Complaint(error, asJSON: false).tell(after: nil))
}
