import ContentModel
public import SenKernel
import Storage

/// What visitors get to see.
extension TestSite {
  /// What is made of the site as visitors see it now.
  /// - Parameter trace: told what it was made from.
  public func look<Value>(trace: PageTrace = PageTrace(), _ body: (PageContext) throws -> Value) throws
    -> Value
  {
    try site.read { db in try body(PageContext(site: site, db: db, now: site.clock(), trace: trace)) }
  }

  /// What a block shows, placed with its options as `name=value`; nil where there is nothing to show.
  public func view(ofBlock name: String, _ options: String..., trace: PageTrace = PageTrace()) throws -> View?
  {
    try run("block add \(name)" + options.map { " --set '\($0)'" }.joined())
    let last = try run("block list --sort id --field id").split(separator: "\n").last.flatMap { Int64($0) }
    return try look(trace: trace) { page in try PlacedBlock.all(page).first { $0.id == last }?.view(page) }
  }

  /// What stands on an item's page beside its fields; nil where visitors get no page.
  public func view(ofPage noun: String, _ slug: String, trace: PageTrace = PageTrace()) throws -> View? {
    try look(trace: trace) { page in
      guard let item = try item(noun, slug, page) else { return nil }
      return try site.registry.pages[noun]?.view(item, page)
    }
  }

  /// The slugs that an item's page lists, in order; nil where it lists nothing.
  public func listing(ofPage noun: String, _ slug: String) throws -> [String]? {
    try look { page in
      guard let item = try item(noun, slug, page) else { return nil }
      return try site.registry.pages[noun]?.listing(item, page).map { try slugs($0, page) }
    }
  }

  /// The slugs that the list of a noun's items shows, in order; nil where there is none.
  public func index(of noun: String) throws -> [String]? {
    try look { page in try site.registry.pages[noun]?.index.map { try slugs($0, page) } }
  }

  private func item(_ noun: String, _ slug: String, _ page: PageContext) throws -> Item? {
    try site.store.id(slug: slug, of: noun, page.db).flatMap { try page.item($0) }
  }

  private func slugs(_ listing: Listing, _ page: PageContext) throws -> [String] {
    switch listing.source {
    case .items(let noun, let condition, let order):
      try page.items(noun, where: condition, order: order, limit: listing.pageSize).map(\.envelope.slug)
    case .linking(let field, let target):
      throw Refusal(.invalid, "What leads to \(target) by \(field) is listed by the rendering")
    }
  }
}
