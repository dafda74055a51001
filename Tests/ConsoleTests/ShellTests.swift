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

  @Test func whatWasTypedDoesNotActOnTheTerminal() throws {
    let answer = try portal.sh("\"$SEN\" article show \"$(printf 'a\\033[2Jb')\"")
    #expect(answer.code == 3)
    #expect(!answer.errors.contains("\u{1B}"))
  }
}
