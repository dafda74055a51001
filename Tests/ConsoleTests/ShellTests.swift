import Foundation
import Testing

/// What the user's shell and a one-line command do with each other.
struct ShellTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  @Test(arguments: [
    (["article", "set", "3", "state", "=", "dr"], "draft"),
    (["article", "set", "3", "state", "="], "draft review published archived"),
    (["article", "create", "x", "--state", "=", "re"], "review"),
    (["article", "show", "ha-"], "ha-he-duoc-mua ha-long-mua-ha"),
    (["article", "create", "x", "--category", "nong-n"], "nong-nghiep"),
  ])
  func bashCompletesWordsThatItParts(words: [String], found: String) throws {
    let list = (["sen"] + words).map { "'\($0)'" }.joined(separator: " ")
    try portal.folder.file(
      "complete.bash",
      """
      sen() { "$SEN" "$@"; }
      source <("$SEN" completion bash)
      COMP_WORDS=(\(list)) COMP_CWORD=\(words.count)
      compopt() { :; }
      _sen
      echo "${COMPREPLY[*]}"
      """)
    let answer = try portal.sh("bash ../complete.bash")
    #expect(
      answer.output.split(separator: "\n").map { $0.split(separator: " ").sorted() }
        == [found.split(separator: " ").sorted()])
    #expect(answer.errors == "")
  }

  @Test(arguments: [
    ("\"$SEN\" article set 3 byline=A 2>&-", 0), ("\"$SEN\" artcle 2>&-", 2),
    ("\"$SEN\" artcle 2>/dev/full", 2), ("\"$SEN\" article list >&-", 1),
    ("\"$SEN\" article list >/dev/full", 1),
    ("\"$SEN\" article show - <&-", 1), ("\"$SEN\" article show - </", 1),
    ("\"$SEN\" export archive --to ../a.tar 2>&- >&- <&-", 0), ("\"$SEN\" export ndjson >/dev/full 2>&-", 1),
  ])
  func closedAndFullStreamsEndInTheirExitCode(command: String, code: Int32) throws {
    #expect(try portal.sh(command).code == code)
    #expect(try portal.sh("\"$SEN\" site doctor").code == 0)
    #expect(try portal.sh("ls -a .. | grep tmp-").output == "")
  }

  @Test func optionsBehindAScriptHoldAsInFrontOfIt() throws {
    try portal.folder.file("tag.sen", "tag create Sau\n")
    for options in ["run ../tag.sen --dry-run", "run -n ../tag.sen", "-n run ../tag.sen"] {
      let tried = try portal.sh("\"$SEN\" \(options)")
      #expect(tried.code == 0 && tried.errors.contains("would have created tag “Sau”"), "\(tried.errors)")
    }
    #expect(try portal.sh("\"$SEN\" tag list --format count").output == "0\n")
    let helped = try portal.sh("\"$SEN\" run ../tag.sen --help")
    #expect(helped.code == 0 && helped.output.hasPrefix("sen run FILE\n"))
    for (words, said) in [
      ("--nonsense", "`--nonsense`"), ("more", "`more` is one word too many"),
      ("--format json", "`--format`"),
      ("--site", "--site needs a value"),
    ] {
      let refused = try portal.sh("\"$SEN\" run ../tag.sen \(words)")
      #expect(refused.code == 2 && refused.errors.contains(said), "\(refused.errors)")
    }
    #expect(try portal.sh("\"$SEN\" run").code == 2)
    #expect(try portal.sh("\"$SEN\" tag list --format count").output == "0\n")
    let missing = try portal.sh("\"$SEN\" run ../none.sen --errors json")
    #expect(missing.code == 3 && missing.errors.hasPrefix(#"{"code":"notFound""#), "\(missing.errors)")

    #expect(try portal.sh("\"$SEN\" init ../other").code == 0)
    let done = try portal.sh("\"$SEN\" run ../tag.sen --as hoa --site ../other -q")
    #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
    #expect(try portal.sh("\"$SEN\" tag list --format count").output == "0\n")
    #expect(try portal.sh("\"$SEN\" --site ../other log list --field actor").output == "hoa\n")
  }

  @Test func wordsBehindVersionAndHelpAreNotPassedOver() throws {
    #expect(try portal.sh("\"$SEN\" --version").output.hasPrefix("sen "))
    #expect(try portal.sh("\"$SEN\" --version --nonsense").code == 2)
    #expect(try portal.sh("\"$SEN\" --help").output.hasPrefix("sen NOUN VERB"))
    #expect(try portal.sh("\"$SEN\" --help article").output.hasPrefix("article: "))
  }

  @Test func whatWasTypedDoesNotActOnTheTerminal() throws {
    let answer = try portal.sh("\"$SEN\" article show \"$(printf 'a\\033[2Jb')\"")
    #expect(answer.code == 3)
    #expect(!answer.errors.contains("\u{1B}"))
  }
}
