internal import CMarkdown
private import Glibc

/// Markdown as GitHub knows it (https://github.github.com/gfm/), with footnotes; HTML in it is cleaned like any other.
public struct Markdown: Sendable {
  /// What is allowed and wanted of the result.
  public let policy: HTMLPolicy

  public init(_ policy: HTMLPolicy = HTMLPolicy()) { self.policy = policy }

  /// The HTML of a text, safe. Quotes and dashes stay as they were written.
  public func html(_ source: some StringProtocol) -> SafeHTML {
    let source = String(source)
    return withUnsafeHTML(of: source) { Sanitizer(policy).clean(bytes: $0, isWellFormed: $1) }
      ?? SafeHTML(escaping: source)
  }

  /// Calls `body` with the HTML of a text, which is not safe yet, and whether none of its tags are the text's own; nil
  /// without memory for it.
  func withUnsafeHTML<Result>(
    of source: String, _ body: (UnsafeBufferPointer<UInt8>, _ isWellFormed: Bool) -> Result
  ) -> Result? {
    var source = source
    if source.utf8.count > policy.most {
      source = String(decoding: source.utf8.prefix(policy.most), as: UTF8.self)
    }
    var isOwn: Int32 = 0
    let html = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        bytes.baseAddress.flatMap { sen_markdown_html($0, bytes.count, &isOwn) }
      }
    }
    guard let html else { return nil }
    defer { free(html) }
    let count = strlen(html)
    return html.withMemoryRebound(to: UInt8.self, capacity: count) {
      body(UnsafeBufferPointer(start: $0, count: count), isOwn != 0)
    }
  }
}
