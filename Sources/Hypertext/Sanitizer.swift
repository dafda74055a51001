/// Makes HTML of strangers safe and valid: what is on its list is written anew, nothing is passed on as it was.
///
/// The text is read as browsers read it; `<p onclick=x>a<script>b</script><div>c` becomes `<p>a</p><p>c</p>`. What it writes
/// it leaves as it is: cleaning twice is cleaning once, as long as the policy's own hooks are so and the result is not
/// longer than the policy's `most`.
public struct Sanitizer: Sendable {
  /// What is allowed and wanted.
  public let policy: HTMLPolicy

  public init(_ policy: HTMLPolicy = HTMLPolicy()) { self.policy = policy }

  /// The text, safe. Never fails: what cannot be read as HTML for its sheer complexity becomes plain text.
  public func clean(_ html: some StringProtocol) -> SafeHTML {
    var html = String(html)
    return html.withUTF8 { clean(bytes: $0) }
  }

  /// The same for UTF-8.
  /// - Parameter isWellFormed: whether a program has written it that is known for it, which saves time: it is made safe in
  ///   the same way, and read as a browser would if it proves to be otherwise.
  func clean(bytes all: UnsafeBufferPointer<UInt8>, isWellFormed: Bool = false) -> SafeHTML {
    if isWellFormed, all.count <= policy.most, let tree = HTMLTree(wellFormed: all) {
      return written(tree, most: all.count)
    }
    let source = UnsafeBufferPointer(rebasing: all.prefix(Self.cut(all, policy.most)))
    let html =
      if let trimmed = Trimming.trimmed(source) {
        trimmed.withUnsafeBufferPointer { written($0, most: source.count) }
      } else {
        written(source, most: source.count)
      }
    return html ?? plain(source)
  }

  /// Nil where the text is too complex.
  private func written(_ source: UnsafeBufferPointer<UInt8>, most: Int) -> SafeHTML? {
    HTMLTree(source).map { written($0, most: most) }
  }

  private func written(_ tree: HTMLTree, most: Int) -> SafeHTML {
    var cleaning = Cleaning(policy: policy, most: 1 << 16 + 8 * most)
    return SafeHTML(checked: cleaning.clean(tree))
  }

  /// Where to cut so that no character is halved.
  private static func cut(_ bytes: UnsafeBufferPointer<UInt8>, _ most: Int) -> Int {
    guard bytes.count > most else { return bytes.count }
    var end = max(0, most)
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  private func plain(_ source: UnsafeBufferPointer<UInt8>) -> SafeHTML {
    var writer = FlowWriter(outline: Outline(first: policy.firstHeading))
    Trimming.bare(source).withUnsafeBufferPointer { writer.text($0) }
    return SafeHTML(checked: writer.finish())
  }
}
