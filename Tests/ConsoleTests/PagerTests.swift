import Formats
import Foundation
import Testing

@testable import Console

@Suite("Pipes and the pager")
struct PagerTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func environment(_ pager: String) -> [String: String] {
    ["PAGER": pager, "PATH": "/usr/bin:/bin"]
  }

  @Test("What fits the screen is written plainly")
  func shortIsPlain() throws {
    let memory = MemorySink()
    let pager = Pager(memory, screen: (80, 24), environment: environment("cat > \(folder.path)/paged"))
    try pager.write(Array("một\nhai\n".utf8))
    pager.finish()
    try pager.close()
    #expect(memory.text == "một\nhai\n")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/paged"))
  }

  @Test("What is taller or wider than the screen goes to the pager, from its first byte")
  func tallOrWideIsPaged() throws {
    let tall = String(repeating: "dòng\n", count: 30)
    let wide = String(repeating: "日", count: 41) + "\n"
    for text in [tall, wide] {
      let memory = MemorySink()
      let pager = Pager(memory, screen: (80, 24), environment: environment("cat > \(folder.path)/paged"))
      for byte in text.utf8 { try pager.write([byte]) }
      try pager.close()
      #expect(memory.text.isEmpty)
      #expect(try contents("\(folder.path)/paged") == text)
    }
  }

  @Test("Without a screen nothing is paged, and marks without width do not make a line wide")
  func plainCases() throws {
    let tall = String(repeating: "dòng\n", count: 30)
    let narrow = String(repeating: "e\u{323}\u{302}", count: 80) + "\n"
    let colour = "\u{1B}[1m" + String(repeating: "x", count: 79) + "\u{1B}[0m\n"
    for (text, screen) in [(tall, nil), (narrow, (80, 24)), (colour, (80, 24))] as [(String, (Int, Int)?)] {
      let memory = MemorySink()
      let pager = Pager(memory, screen: screen, environment: environment("false"))
      try pager.write(Array(text.utf8))
      try pager.close()
      #expect(memory.text.utf8.elementsEqual(text.utf8))
    }
  }

  @Test("A reader who leaves the pager ends the writing quietly")
  func leavingEnds() throws {
    signal(SIGPIPE, SIG_IGN)
    let pager = Pager(MemorySink(), screen: (80, 24), environment: environment("head -n 1 > /dev/null"))
    let line = Array(String(repeating: "x\n", count: 50_000).utf8)
    let failure = #expect(throws: FileFailure.self) {
      for _ in 0..<100 { try pager.write(line) }
    }
    #expect(failure?.code == EPIPE)
    try pager.close()
  }

  @Test("A shell command gets all bytes, and its exit code is told")
  func pipeTellsTheCode() throws {
    let pipe = try ShellPipe.open("cat > '\(folder.path)/out'; exit 3", environment: environment(""))
    try pipe.write(Array("dữ liệu".utf8))
    #expect(try pipe.close() == 3)
    #expect(try contents("\(folder.path)/out") == "dữ liệu")
    #expect(try ShellPipe.open("kill -9 $$", environment: environment("")).close() == 128 + 9)
  }

  @Test("The pager is PAGER where it can be started, else less")
  func pagerIsChosen() throws {
    try folder.file("less", "", mode: 0o755)
    let path = folder.path
    #expect(Pager.command(["PATH": path, "PAGER": "most -s"]) == "less -FRX")
    #expect(Pager.command(["PATH": path, "PAGER": "less -S"]) == "less -S")
    #expect(Pager.command(["PATH": path, "PAGER": "LESS=x 'less'"]) == "LESS=x 'less'")
    #expect(Pager.command(["PATH": "/nowhere"]) == nil)
  }
}
