import Foundation
import Testing

@testable import Hypertext

/// What a browser makes of everything that came out: nothing runs, and it sees the tree that was written.
@Suite(.disabled(if: Browser.path == nil, "chromium is not installed")) struct BrowserTests {
  @Test(.timeLimit(.minutes(20))) func nothingRunsInABrowser() throws {
    let sources = try Vectors.all()
    var random = Seeded(state: 11)
    let soup = (0..<300).map { _ in Soup.of(30, &random) }
    let pieces = (sources + soup).flatMap { source in
      [Sanitizer().clean(source).text, Sanitizer(.visitors).clean(source).text, Markdown().html(source).text]
    }
    let answer = try Browser.answer(to: pieces)
    #expect(answer.contains("<title>read \(pieces.count), changed 0</title>"), "\(answer.prefix(2000))")
  }

  /// The page notices what it is there to notice.
  @Test(.timeLimit(.minutes(20))) func aScriptThatRanIsSeen() throws {
    #expect(try Browser.answer(to: ["<img src=x onerror=alert(1)>"]).contains("<title>ran</title>"))
    #expect(try Browser.answer(to: ["<p><div>x</div></p>"]).contains("changed 1</title>"))
  }
}

/// Chromium without a window.
enum Browser {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The page as the browser has it after it read all the pieces: in the page itself, and each once more by `innerHTML`.
  static func answer(to pieces: [String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sen-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { removed(folder) }
    let page = folder.appending(path: "page.html")
    let written = try String(decoding: JSONEncoder().encode(pieces), as: UTF8.self)
      .replacing("<", with: "\\u003c")
    let contents = pieces.map { "<section>\($0)</section>" }.joined(separator: "\n")
    try Data("\(head)\(contents)<script>const pieces = \(written);\(check)</script>".utf8).write(
      to: page)
    let output = folder.appending(path: "output")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = path.map { URL(filePath: $0) }
    process.arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-extensions",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder.path)/profile",
      "--virtual-time-budget=20000",
      "--timeout=120000", "--dump-dom", page.absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8)
  }

  private static func removed(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch {
      Issue.record("\(folder.path) is left: \(error)")
    }
  }

  /// Whatever a script calls says that it ran. Everything that waits for a person is done to every element.
  private static let head = """
    <!DOCTYPE html><html><head><meta charset="utf-8"><title>began</title><script>
    const ran = () => { document.title = 'ran' };
    window.alert = window.confirm = window.prompt = window.msgbox = window.MsgBox = ran;
    </script></head><body>
    """

  /// Writes trees as the sanitizer does, and compares.
  private static let check = """
    const escaped = text => text.replace(/[&<>"']/g, c => '&' + ({'&':'amp','<':'lt','>':'gt','"':'quot',"'":'#39'})[c] + ';');
    const empty = ['br', 'hr', 'img', 'wbr'];
    function written(node) {
      let html = '';
      for (const child of node.childNodes) {
        if (child.nodeType == 3) {
          const first = node.localName == 'pre' && child == node.firstChild && child.data[0] == '\\n';
          html += (first ? '\\n' : '') + escaped(child.data);
          continue;
        }
        if (child.nodeType != 1) { html += '!'; continue; }
        html += '<' + child.localName;
        for (const {name, value} of child.attributes) {
          html += name == 'open' || name == 'reversed' ? ' ' + name : ' ' + name + '="' + escaped(value) + '"';
        }
        html += '>' + (empty.includes(child.localName) ? '' : written(child) + '</' + child.localName + '>');
      }
      return html;
    }
    let changed = 0, first = '';
    const sections = document.querySelectorAll('body > section');
    pieces.forEach((piece, index) => {
      const box = document.createElement('div');
      box.innerHTML = piece;
      document.body.append(box);
      for (const place of [box, sections[index]]) {
        const found = place ? written(place) : 'nothing';
        if (found !== piece) { changed++; first = first || index + ': ' + piece + ' became ' + found; break; }
      }
      for (const element of box.querySelectorAll('*')) {
        for (const name of ['click', 'mouseover', 'focus', 'toggle', 'error', 'load']) {
          if (name == 'click' && element.localName == 'a' && !/^(javascript|data|vbscript):/i.test(element.href)) continue;
          element.dispatchEvent(new Event(name, {bubbles: false, cancelable: true}));
        }
      }
    });
    setTimeout(() => {
      if (document.title != 'ran') document.title = 'read ' + pieces.length + ', changed ' + changed;
      document.body.textContent = first;
    }, 3000);
    """
}
