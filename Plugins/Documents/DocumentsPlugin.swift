public import SenKernel

/// Legal texts with their files, and how they replace each other.
public struct DocumentsPlugin: Plugin {
  public let name = "documents"
  public let help = "Legal texts with their files"
  public let contentTypes = [
    Shape(Area.self), Shape(DocumentKind.self), Shape(Document.self), Shape(Attachment.self),
  ]
  public let sideTables = [Attachment.downloads]
  public let actions = [Attachment.download]
  public let commands = DocumentCommands.all
  public let rules = [Document.rule]
  public let pages = DocumentViews.pages
  public let blocks = [DocumentViews.block]

  public init() {}
}

/// Which documents a block shows.
struct DocumentsBlock: Fielded {
  static let fields: [Field<DocumentsBlock>] = [
    Field("area", \.area, help: "Only what is about it or an area below; all if empty"),
    Field("count", \.count, help: "How many") { (count: Int) throws(Refusal) in
      guard (1...100).contains(count) else { throw Refusal(.invalid, "has to be 1 to 100") }
    },
  ]
  var area: Reference<Area>?
  var count = 5
}
