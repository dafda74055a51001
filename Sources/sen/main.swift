import ContentModel
import Foundation
import Grammar

// The shell's door: one command from the arguments; without any, the console, or a script on standard input.
signal(SIGPIPE, SIG_IGN)
do {
  let program = try Program()
  let arguments = Array(CommandLine.arguments.dropFirst())
  exit(Doors(program).enter(arguments))
} catch {
  exit(Complaint(error, asJSON: false).tell(after: nil))
}
