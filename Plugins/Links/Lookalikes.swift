import Foundation
import GRDB
import SenKernel

/// Links that lead to the same place, and hosts that are one slip of the finger apart.
enum Lookalikes {
  /// What addresses have in common that lead to the same page on nearly every server: they differ by `https`, by
  /// `www.` or by a slash at the end.
  private static func core(_ address: String) -> String {
    var core = address[(address.range(of: "://")?.upperBound ?? address.startIndex)...]
    if core.hasPrefix("www.") { core = core.dropFirst(4) }
    return String(core.last == "/" ? core.dropLast() : core)
  }

  /// Tells of another link with the same address, or nearly so, when one is made or changed.
  static let rule = Rule(of: Link.self) { old, new, operation in
    guard let new, let url = new.body.url, new.envelope.trashedAt == nil else { return }
    guard old?.body.url != url || old?.envelope.trashedAt != nil else { return }
    let core = core(url.text)
    let forms = ["http://", "http://www.", "https://", "https://www."].flatMap {
      ["\($0)\(core)", "\($0)\(core)/"]
    }
    let row = try Row.fetchOne(
      operation.db.cachedStatement(
        sql: """
          SELECT i.id, i.title, l.url FROM link l JOIN item i ON i.id = l.itemId
          WHERE l.url IN (?, ?, ?, ?, ?, ?, ?, ?) AND l.itemId <> ? AND i.trashedAt IS NULL
          ORDER BY l.url <> ?, i.id LIMIT 1
          """), arguments: StatementArguments(forms) + [new.envelope.id, url.text])
    guard let row else { return }
    let (id, title, other): (Int64, String, String) = (row[0], row[1], row[2])
    let how = other == url.text ? " as well" : ", most likely the same page"
    operation.note("Link \(id) “\(title)” leads to \(other)\(how)")
  }

  /// What is odd about the links of a site taken together, a line each.
  static func notes(_ links: [CheckedLink]) throws -> [String] {
    let same = Dictionary(grouping: links) { core($0.url) }.filter { $0.value.count > 1 }
    var notes = same.sorted { $0.key < $1.key }.map { _, links in
      let addresses = Set(links.map(\.url)).sorted()
      return addresses.count == 1
        ? "\(names(links)) lead to the same address: \(addresses[0])"
        : "\(names(links)) most likely lead to the same page: \(addresses.joined(separator: ", "))"
    }
    let hosts = try Dictionary(grouping: links) { link in
      let host = try LinkAddress(link.url).host
      return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }
    for (one, other) in near(hosts.keys.sorted()) {
      notes.append(
        "\(one) (\(names(hosts[one] ?? []))) and \(other) (\(names(hosts[other] ?? []))) differ by one slip; "
          + "is one misspelt?")
    }
    return notes
  }

  /// `link 3 and link 7`.
  private static func names(_ links: [CheckedLink]) -> String {
    let names = links.prefix(3).map { "link \($0.id)" } + (links.count > 3 ? ["\(links.count - 3) more"] : [])
    return names.count < 2
      ? names.joined() : "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")"
  }

  /// Pairs of hosts with one letter more, less, other or in another place.
  static func near(_ hosts: [String]) -> [(String, String)] {
    // Such a pair has a text in common that is left when one letter is taken out of each, or of one.
    var byRest: [[Character]: [String]] = [:]
    var found: [(String, String)] = []
    for host in hosts where host.contains(where: \.isLetter) && !host.contains(":") {
      let letters = Array(host)
      var seen: Set<String> = []
      for rest in Set([letters] + letters.indices.map { Array(letters[..<$0] + letters[($0 + 1)...]) }) {
        for other in byRest[rest, default: []] where seen.insert(other).inserted {
          if isSlip(Array(other), letters) { found.append((other, host)) }
        }
        byRest[rest, default: []].append(host)
      }
    }
    return found.sorted { $0 < $1 }
  }

  /// Whether two texts differ by one slip, which is neither a digit (`mail1`, `mail2`) nor a whole label
  /// (`a.vn`, `b.vn`).
  private static func isSlip(_ one: [Character], _ other: [Character]) -> Bool {
    let start = zip(one, other).prefix { $0 == $1 }.count
    let end = zip(one[start...].reversed(), other[start...].reversed()).prefix { $0 == $1 }.count
    let (left, right) = (one[start..<(one.count - end)], other[start..<(other.count - end)])
    let isSwap = left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    guard isSwap || max(left.count, right.count) == 1 else { return false }
    guard !(left + right).contains(where: { $0.isNumber || $0 == "." }) else { return false }
    func label(_ text: [Character]) -> Int {
      text[..<start].reversed().prefix { $0 != "." }.count + text[start...].prefix { $0 != "." }.count
    }
    return min(label(one), label(other)) > 1
  }
}
