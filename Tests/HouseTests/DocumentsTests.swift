import ContentModel
import Foundation
import Grammar
import News
import SenKernel
import SenTesting
import Testing

struct DocumentsTests {
  @Test func theCommandReferenceIsWhatTheProgramSays() throws {
    let program = RoomsTests.root.appending(path: ".build/debug/sen")
    try #require(FileManager.default.isExecutableFile(atPath: program.path), "build the program first")
    let process = Process()
    process.executableURL = program
    process.arguments = ["schema", "commands"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let kept = try String(contentsOf: RoomsTests.root.appending(path: "Docs/Commands.md"), encoding: .utf8)
    #expect(said == kept, "Docs/Commands.md is out of date: make docs")
  }

  @Test func everyExampleOfEveryCommandParses() throws {
    let table = CommandTable(try Registry([NewsPlugin()]))
    for command in table.commands {
      #expect(!command.spec.summary.isEmpty && !command.spec.examples.isEmpty, "\(command.spec.path)")
      for example in command.spec.examples {
        var words = try Line.parse(example).words
        #expect(words.removeFirst().text == "sen")
        #expect(throws: Never.self, "\(example)") { try table.grammar.parse(words: words) }
      }
    }
  }

  @Test func theNewsPluginConforms() throws {
    #expect(try Conformance.problems(of: NewsPlugin()) == [])
  }
}
