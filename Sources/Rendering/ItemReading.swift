import ContentModel
import Foundation
import Hypertext
public import SenKernel

/// Items for programs: what templates write of them, by the same rules, as values instead of a page.
public struct ItemReading {
  public let page: PageContext
  public let surroundings: Surroundings
  private let writer: ValueWriter

  public init(_ page: PageContext, _ surroundings: Surroundings) {
    (self.page, self.surroundings) = (page, surroundings)
    writer = ValueWriter(page: page, surroundings: surroundings)
  }

  /// Throws the first thing that went wrong since the beginning.
  public func check() throws { if let problem = writer.problem { throw problem } }

  /// What `body` gives; what goes wrong is thrown by `check`.
  public func attempt<Value>(_ body: () throws -> Value?) -> Value? { writer.attempt(body) }

  /// What stands for an item in lists; empty where its type has nothing of the kind.
  public func lead(of item: Item) -> String { ItemValue(item, writer).lead }

  /// What an item stands below, if visitors may see that.
  public func section(of item: Item) -> Item? { ItemValue(item, writer).section }

  /// The picture that stands for an item, with what it shows in words.
  public func picture(of item: Item) -> (name: MediaName, alt: String)? {
    let value = ItemValue(item, writer)
    return value.pictureName.map { ($0, value.pictureText) }
  }

  /// The tags of an item that visitors may see.
  public func tags(of item: Item) -> [Item] { ItemValue(item, writer).tagItems }

  /// The sizes of a picture, which what is made then leads to; nil while they have not been made.
  public func sizes(of name: MediaName) -> PublishedPicture? { writer.published(name) }

  /// The format that an item's long text is written in; nil where its type has none.
  public func format(of item: Item) -> BodyFormat? { ItemValue(item, writer).prose?.format }

  /// A long text as pages show it: its HTML, cleaned, and its words.
  /// - Parameter address: of the page that it stands on, for its links to parts of itself.
  public func prose(_ text: String, _ format: BodyFormat, at address: String) -> (html: String, text: String)
  {
    let html = writer.html(text, format)
    let words = PlainText(html: String(decoding: html, as: UTF8.self)).text
    let whole = surroundings.origin.map { AbsoluteLinks(origin: $0, page: address).html(html) } ?? html
    return (String(decoding: whole, as: UTF8.self), words)
  }

  /// A text with the hits of a search in `<mark>`, as HTML that is safe to send.
  public func marked(_ text: String, _ hits: [Range<Int>]) -> String { ValueWriter.marked(text, hits) }
}
