import Console
import ContentModel
import Fetching
import Formats
import Foundation
import Grammar
import LiveSite
import Pictures
import SenKernel

/// One run of the program: finds the site, runs lines, tells what went wrong, ends with the right code.
final class Program {
  static let version = Release.version

  let table: CommandTable
  let registry: Registry
  private var opened: [String: Site] = [:]
  /// The folders of sites as they were asked for; the program never changes its own folder.
  private var folders: [String?: String] = [:]

  init() throws {
    registry = try Registry(plugins)
    table = CommandTable(registry, more: ProgramCommands.all + PreviewCommand.all(registry))
  }

  /// Runs one command.
  /// - Parameter door: where it comes from.
  /// - Returns: the exit code, what went wrong having been told.
  func run(
    _ words: [Word], door entrance: Occasion.Door, redirect: Redirect? = nil,
    readInput: @escaping () throws -> String
  ) -> Int32 {
    var output: DoorOutput?
    do {
      let started = Date()
      let invocation = try table.grammar.parse(words: words)
      let command = try table.command(invocation)
      let folder = folder(invocation.flag("site"))
      let door = try DoorOutput(invocation, redirect: redirect) {
        ExternalEditor.folder(site: folder ?? "", environment: Self.environment)
      }
      output = door
      let occasion = Occasion(entrance, words: registry.withoutSecrets(words))
      let site = command.needsSite ? try self.site(invocation)?.on(occasion) : nil
      let place = folder.map {
        SitePlace(
          folder: $0, registry: registry, actor: Self.actor(invocation.flag("as")), occasion: occasion)
      }
      try command.run(
        CommandContext(
          invocation, grammar: table.grammar, site: site, place: place, output: door, readInput: readInput))
      let code = try door.finish()
      door.detail("\(Int(Date().timeIntervalSince(started) * 1000)) ms")
      return code
    } catch {
      return Complaint(error, asJSON: asksForJSON(words)).tell(after: output)
    }
  }

  private func asksForJSON(_ words: [Word]) -> Bool {
    let texts = words.map(\.text)
    return texts.contains("--errors=json")
      || zip(texts, texts.dropFirst()).contains { $0 == "--errors" && $1 == "json" }
  }

  /// The site that an invocation is about; nil where there is none.
  private func site(_ invocation: Invocation) throws -> Site? {
    try site(named: invocation.flag("site"), actor: invocation.flag("as"))
  }

  /// The folder of a site, looked for once.
  private func folder(_ named: String?) -> String? {
    if let known = folders[named] { return known }
    let folder = Self.folder(named)
    folders[named] = folder
    return folder
  }

  /// The site in a folder, opened once; its settings are read anew, for others may have changed them.
  func site(named: String?, actor: String?) throws -> Site? {
    guard let folder = folder(named) else { return nil }
    let actor = Self.actor(actor)
    let key = "\(folder)\n\(actor)"
    if let site = opened[key] {
      try site.reloadSettings()
      return site
    }
    let site = try Site.open(
      folder, registry: registry, actor: actor, fetcher: URLSessionFetcher(), pictures: GDWorkshop(),
      note: { StandardError.line($0) })
    opened[key] = site
    return site
  }

  /// `--as`, else `$SEN_USER`, else the account.
  private static func actor(_ named: String?) -> String { named ?? environment("SEN_USER") ?? account }

  /// The environment as the first command found it; reading all of it takes longer than a small command does.
  static let environment = ProcessInfo.processInfo.environment

  /// The system's name of who runs the program.
  private static let account = NSUserName()

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }

  /// `--site`, else `$SEN_SITE`, else the nearest folder upwards that holds a `site.db`, or the backups of one that is
  /// gone.
  static func folder(_ named: String?) -> String? {
    if let named = named ?? environment("SEN_SITE") { return TypedPath.whole(named) }
    var folder = FileManager.default.currentDirectoryPath
    while true {
      if FileManager.default.fileExists(atPath: "\(folder)/site.db") || SitePlace.hasBackups(folder) {
        return folder
      }
      guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }
}
