import Foundation
import Testing

/// `--dry-run` writes nothing: neither into the site nor to any file.
struct DryRunTests {
  let sen: SenProgram

  init() throws {
    sen = try SenProgram()
    try sen.expect("article create Tin --slug tin --tags lúa")
  }

  private func leaves(_ name: String, _ command: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let path = "\(sen.folder)/\(name)"
    try Data("important\n".utf8).write(to: URL(filePath: path))
    let ended = try sen.sh("\"$SEN\" \(command)")
    #expect(ended.code == 0 && ended.output.isEmpty, "\(ended.errors)", sourceLocation: sourceLocation)
    #expect(ended.errors.contains("Dry run"), "\(ended.errors)", sourceLocation: sourceLocation)
    #expect(try sen.text(name) == "important\n", sourceLocation: sourceLocation)
  }

  @Test(arguments: ["archive", "ndjson", "ndjson article", "json", "csv article"])
  func anExportLeavesItsFileAsItIs(format: String) throws {
    try leaves("x.tar", "export \(format) --to x.tar -n")
    let before = try FileManager.default.contentsOfDirectory(atPath: sen.folder).sorted()
    let ended = try sen.sh("\"$SEN\" export \(format) --to new --dry-run")
    #expect(ended.errors.hasPrefix("Dry run, nothing written: would have exported "), "\(ended.errors)")
    #expect(ended.errors.hasSuffix(" to new\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: sen.folder).sorted() == before)
    let shown = try sen.sh("\"$SEN\" export \(format) --dry-run")
    #expect(shown.output.isEmpty && shown.code == 0)
  }

  @Test func anExportThatWouldBeRefusedIs() throws {
    #expect(try sen.sh("\"$SEN\" export ndjson --to site -n").code == 5)
    #expect(try sen.sh("\"$SEN\" export archive --to site/site.db -n").code == 5)
    #expect(try sen.sh("\"$SEN\" export archive --to none/a.tar -n").code == 1)
    #expect(try sen.sh("\"$SEN\" export csv -n").code == 2)
    #expect(try sen.sh("\"$SEN\" init site -n").code == 5)
    #expect(try sen.sh("\"$SEN\" publish site/public -n").code == 4)
  }

  /// The console and scripts write such a file themselves.
  @Test(arguments: [">", ">>"])
  func aLineLeavesTheFileThatItsOutputGoesTo(sign: String) throws {
    try Data("export ndjson -n \(sign) x.json\n".utf8).write(to: URL(filePath: "\(sen.folder)/line"))
    try leaves("x.json", "run line")
    try Data("article list -n \(sign) x.json\n".utf8).write(to: URL(filePath: "\(sen.folder)/line"))
    try leaves("x.json", "run line")
  }

  /// What is in the site, and every file beside it.
  private func state() throws -> [String] {
    let database = try sen.sh("sqlite3 site/site.db .dump | sha256sum").output
    let files = try sen.sh(
      "find . -type f -not -path './site/site.db*' -not -name 'out*' -not -path './state/*' -exec sha256sum {} + | sort"
    ).output
    return [database] + files.split(separator: "\n").map(String.init)
  }

  /// Every line of the command reference, tried: those that go through and those that are refused.
  @Test func noCommandOfTheReferenceWritesAnything() throws {
    for noun in ["category", "article", "tag", "poll", "album", "menu", "question"] {
      _ = try sen.sh("\"$SEN\" \(noun) generate --count 5")
    }
    try sen.expect("article delete tin")
    try sen.expect("export archive --to site.tar")
    try sen.expect("export ndjson article --to articles.ndjson")
    try sen.expect("backup create")
    try sen.expect("article generate --count 3 --seed 9")
    try Data("tag create Trong\n".utf8).write(to: URL(filePath: "\(sen.folder)/nightly.sen"))
    let every = Set([
      "list", "show", "create", "set", "edit", "delete", "restore", "clone", "exists", "publish",
    ])
    .union(["unpublish", "move", "revisions", "diff", "revert", "generate", "preview"])
    var seen: Set<Substring> = []
    let lines = try sen.expect("schema commands").split(separator: "\n").filter { line in
      guard line.hasPrefix("sen "), !line.contains(where: { "|<>…[".contains($0) }) else { return false }
      let words = line.split(separator: " ")
      // What every noun has is tried with the first of them.
      guard words.count > 2, every.contains(String(words[2])) else { return true }
      return words[1] == "article" || words[1] == "backup" || seen.insert(words[2]).inserted
    }
    #expect(lines.count > 200)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: "\(sen.folder)/lines"))
    let before = try state()
    let ended = try sen.sh(
      """
      while read -r line; do
        eval "timeout 20 \\"\\$SEN\\" ${line#sen } --dry-run --no-pager" </dev/null >/dev/null 2>>out.said
        [ $? -eq 124 ] && echo "$line"
      done < lines
      exit 0
      """)
    #expect(ended.output == "", "these do not end")
    let after = try state()
    #expect(Set(after).symmetricDifference(before) == [])
    // Many went through.
    #expect(try sen.text("out.said").components(separatedBy: "Dry run").count > 40)
  }
}
