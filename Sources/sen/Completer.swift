import Console
import ContentModel
import Foundation
import GRDB
import Grammar
import SenKernel

/// Tab: words from the grammar, and live content from the site.
struct Completer {
  private let program: Program
  private let globals: [String]
  /// So many candidates of live content are looked up.
  private static let most = 200

  init(_ program: Program, _ globals: [String]) { (self.program, self.globals) = (program, globals) }

  func complete(_ line: String, _ cursor: Int) -> LineCompletion {
    let completion = program.table.grammar.complete(line: line, cursor: cursor) { kind, prefix, _ in
      live(kind, prefix)
    }
    return LineCompletion(
      candidates: completion.candidates.map {
        (text: completion.replacement(for: $0), label: $0.text, description: $0.description)
      }, replaceFrom: completion.range.lowerBound, appendsSpace: completion.appendsSpace,
      isPartial: completion.candidates.count >= Self.most)
  }

  /// Candidates of live content; a site that cannot be read offers none.
  func live(_ kind: ValueKind, _ prefix: String) -> [Candidate] {
    do {
      switch kind {
      case .path: return paths(prefix)
      case .noun:
        return program.registry.shapes.map { Candidate(text: $0.name, description: $0.help) }
          .filter { $0.text.hasPrefix(prefix) }
      default: break
      }
      guard let site = try program.site(named: named, actor: nil) else { return [] }
      return try SiteCompletion(site: site, most: Self.most).candidates(kind, prefix)
        .map { Candidate(text: $0.text, description: $0.description) }
    } catch {
      return []
    }
  }

  private var named: String? { Doors.value(of: "--site", in: globals) }

  private func paths(_ prefix: String) -> [Candidate] {
    let split = prefix.lastIndex(of: "/")
    let folder = split.map { String(prefix[...$0]) } ?? ""
    let start = split.map { String(prefix[prefix.index(after: $0)...]) } ?? prefix
    let expanded = folder.isEmpty ? "." : NSString(string: folder).expandingTildeInPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: expanded)) ?? []
    return names.sorted().filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }
      .map { name in
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: "\(expanded)/\(name)", isDirectory: &isFolder)
        return Candidate(text: folder + name + (exists && isFolder.boolValue ? "/" : ""), description: "")
      }
  }
}
