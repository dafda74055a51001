public import ContentModel
public import Foundation
import Grammar
import Pictures
public import SenKernel
import Storage

/// A site of its own in a temporary folder, removed with the value; commands run on it as at any door.
///
/// ```swift
/// let site = try TestSite([NewsPlugin()])
/// try site.run("article create 'Tin mới' --tags lúa")
/// #expect(try site.run("article list --field title") == "Tin mới\n")
/// ```
public final class TestSite: Sendable {
  public let folder: String
  public let site: Site
  public let table: CommandTable

  /// - Parameters:
  ///   - fetcher: the network that the site sees.
  ///   - clock: the time that the site sees.
  public init(
    _ plugins: [any Plugin], fetcher: any Fetcher = NoNetwork(),
    clock: @escaping @Sendable () -> Date = { Date() }
  ) throws {
    let registry = try Registry(plugins)
    folder = FileManager.default.temporaryDirectory.path + "/sen-test-\(UUID().uuidString)"
    table = CommandTable(registry)
    site = try Site.create(
      in: folder, registry: registry, actor: "tester", fetcher: fetcher, pictures: GDWorkshop(), clock: clock)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      FileHandle.standardError.write(Data("could not remove \(folder): \(error)\n".utf8))
    }
  }

  /// Runs a line of the console and gives what it wrote to standard output.
  /// - Parameter input: standard input, for `-`.
  /// - Throws: what the command refuses.
  @discardableResult
  public func run(_ line: String, input: String = "", answers: [Bool] = []) throws -> String {
    let output = MemoryOutput(answers: answers)
    try run(line, output, input: input)
    return output.text
  }

  /// What a line is refused with; nil if it is not.
  public func refusal(_ line: String, input: String = "") -> Refusal? {
    do {
      try run(line, input: input)
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// What people are told beside the data of a line.
  public func notes(_ line: String) throws -> [String] {
    let output = MemoryOutput()
    try run(line, output)
    return output.notes
  }

  /// Runs a line against an output of the caller's.
  /// - Parameter actor: who does it, where it is not the tester.
  public func run(_ line: String, _ output: any Output, input: String = "", as actor: String? = nil) throws {
    let acting = site.acting(as: actor ?? site.actor)
    let words = try Line.parse(line).words
    let invocation = try table.grammar.parse(words: words)
    let context = CommandContext(
      invocation, grammar: table.grammar,
      site: acting.on(Occasion(.console, words: acting.registry.withoutSecrets(words))), output: output
    ) { input }
    try table.command(invocation).run(context)
  }
}
