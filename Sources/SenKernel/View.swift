public import ContentModel
public import Foundation

/// What a template is given: named values. Texts are plain, whatever they hold; writing them into HTML safely is the
/// renderer's affair.
public struct View: Sendable, ExpressibleByDictionaryLiteral {
  public private(set) var values: [String: ViewValue]

  public init(_ values: [String: ViewValue] = [:]) { self.values = values }

  public init(dictionaryLiteral elements: (String, ViewValue)...) {
    values = Dictionary(elements, uniquingKeysWith: { _, last in last })
  }

  public subscript(name: String) -> ViewValue? {
    get { values[name] }
    set { values[name] = newValue }
  }
}

/// A value of a view.
public indirect enum ViewValue: Sendable {
  case none
  case text(String)
  /// Written as the site's language writes numbers; the field that holds it says how many decimals.
  case number(Double, decimals: Int = 0)
  case flag(Bool)
  /// Written in the site's time zone.
  case moment(Date)
  /// A long text in its format; what it holds of HTML goes through the sanitiser.
  case prose(String, BodyFormat)
  /// A text with some of its characters marked, such as the hits of a search.
  case marked(String, [Range<Int>])
  /// A file of the site that is a picture.
  case picture(MediaName, alt: String)
  /// A file of the site to be downloaded, by the name that people see.
  case file(MediaName, name: String)
  /// An item with all that visitors may see of it, and its address.
  case item(Item)
  /// The address of a page of the site.
  case page(PageAddress)
  /// An address elsewhere.
  case address(String)
  /// The form of an action, by its noun and name, on an item.
  case form(noun: String, action: String, on: Item)
  case list([ViewValue])
  case view(View)

  public static func number(_ count: Int) -> ViewValue { .number(Double(count), decimals: 0) }
  public static func items(_ items: [Item]) -> ViewValue { .list(items.map { .item($0) }) }
  public static func text(_ text: String?) -> ViewValue { text.map { .text($0) } ?? .none }
}
