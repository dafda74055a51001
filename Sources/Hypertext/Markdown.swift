internal import CMarkdown
private import Glibc

/// Markdown as GitHub knows it (https://github.github.com/gfm/), with footnotes; HTML in it is cleaned like any other.
public struct Markdown: Sendable {
  /// What is allowed and wanted of the result.
  public let policy: HTMLPolicy

  public init(_ policy: HTMLPolicy = HTMLPolicy()) { self.policy = policy }

  /// The HTML of a text, safe. Quotes and dashes stay as they were written.
  public func html(_ source: some StringProtocol) -> SafeHTML {
    var source = String(source)
    if source.utf8.count > policy.most {
      source = String(decoding: source.utf8.prefix(policy.most), as: UTF8.self)
    }
    let html = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        bytes.baseAddress.flatMap { sen_markdown_html($0, bytes.count) }
      }
    }
    guard let html else { return SafeHTML(escaping: source) }
    defer { free(html) }
    let count = strlen(html)
    return html.withMemoryRebound(to: UInt8.self, capacity: count) {
      Sanitizer(policy).clean(bytes: UnsafeBufferPointer(start: $0, count: count))
    }
  }
}
