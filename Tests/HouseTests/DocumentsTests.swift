import ContentModel
import Foundation
import Grammar
import SenKernel
import SenTesting
import Testing

struct DocumentsTests {
  @Test func theCommandReferenceIsWhatTheProgramSays() throws {
    let program = try #require(BuiltProgram.path, "build the program first")
    let process = Process()
    process.executableURL = URL(filePath: program)
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
    let table = CommandTable(try Registry(allPlugins))
    for command in table.commands {
      #expect(!command.spec.summary.isEmpty && !command.spec.examples.isEmpty, "\(command.spec.path)")
      for example in command.spec.examples {
        var words = try Line.parse(example).words
        #expect(words.removeFirst().text == "sen")
        #expect(throws: Never.self, "\(example)") { try table.grammar.parse(words: words) }
      }
    }
  }

  @Test(arguments: allPlugins.map(\.name))
  func everyPluginConforms(name: String) throws {
    let plugin = try #require(allPlugins.first { $0.name == name })
    #expect(try Conformance.problems(of: plugin) == [])
  }

  @Test func everyExampleOfServersIsInTheDocumentAsItIs() throws {
    let text = try String(contentsOf: RoomsTests.root.appending(path: "Docs/Deploying.md"), encoding: .utf8)
    let folder = RoomsTests.root.appending(path: "Examples/Deploying").path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let file = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      #expect(text.contains("`Examples/Deploying/\(name)`:\n\n```\n\(file)```\n"), "\(name)")
    }
  }

  @Test func theProgramHasAllOfThem() throws {
    let list = try String(
      contentsOf: RoomsTests.root.appending(path: "Sources/sen/Plugins.swift"), encoding: .utf8)
    for plugin in allPlugins { #expect(list.contains("\(type(of: plugin))()")) }
    #expect(list.components(separatedBy: "Plugin()").count - 1 == allPlugins.count)
  }
}
