public import Foundation
public import GRDB
public import Rendering
public import SenKernel
public import Web

/// The reading API: what visitors see of a site, as JSON. It says nothing that pages do not, and changes nothing.
///
/// Which nouns it has is what has pages; which fields, what `FieldShape.isPublic` says; what stands beside them, what
/// the page types declare to show.
public struct APIMaker: Sendable {
  let maker: PageMaker
  var site: Site { maker.site }
  var surroundings: Surroundings { maker.surroundings }

  public init(_ maker: PageMaker) { self.maker = maker }

  /// What is found at an address of the API.
  public enum Answer {
    case found(Found)
    /// It is at another address now, for good.
    case moved(to: APIAddress)
  }

  /// JSON, with what it was made from.
  public struct Found {
    public let bytes: [UInt8]
    public let trace: PageTrace
  }

  /// - Throws: `WebProblem` for what is not there, is there no more, or cannot be asked.
  public func answer(_ address: APIAddress, _ query: FormData, _ db: Database, now: Date) throws -> Answer {
    let page = PageContext(site: site, db: db, now: now)
    let reading = ItemReading(page, surroundings)
    let asked = Asked(query)
    let value: FieldValue
    switch address {
    case .index:
      try asked.refuseOthers(than: [])
      value = index(page)
    case .document:
      try asked.refuseOthers(than: [])
      value = .map(document())
    case .search: value = try search(asked, reading)
    case .list(let noun): value = try list(resource(noun), asked, reading)
    case .item(let noun, let name):
      try asked.refuseOthers(than: [])
      let resource = try resource(noun)
      switch try find(resource, name, page) {
      case .item(let item): value = try ItemWriter(reading, self).whole(item, resource)
      case .moved(let slug): return .moved(to: .item(noun: noun, name: slug))
      }
    }
    try reading.check()
    var bytes: [UInt8] = []
    try JSONWriter.append(value, to: &bytes)
    bytes.append(0x0A)
    return .found(Found(bytes: bytes, trace: page.trace))
  }

  /// The nouns that the API has, in the order in which plugins declare them.
  var resources: [Resource] {
    site.registry.shapes.compactMap { shape in
      site.registry.pages[shape.name].map { Resource(shape, $0, site.registry) }
    }
  }

  private func resource(_ noun: String) throws -> Resource {
    guard let shape = site.registry.shape(noun), let type = site.registry.pages[noun] else {
      throw WebProblem.notFound(
        "The API has no \(FieldValue.text(noun).summary); \(APIAddress.root) tells what there is.")
    }
    return Resource(shape, type, site.registry)
  }

  private enum Place {
    case item(Item)
    case moved(String)
  }

  /// The item of a slug or a uid, as visitors see it.
  private func find(_ resource: Resource, _ name: String, _ page: PageContext) throws -> Place {
    let missing = WebProblem.notFound("There is no \(resource.noun) \(FieldValue.text(name).summary).")
    let byUID = UID.isUID(name)
    let id =
      try byUID
      ? site.store.id(uid: name, page.db) : site.store.id(slug: name, of: resource.noun, page.db)
    guard let id, let envelope = try site.store.fetch(id, of: resource.noun, page.db)?.envelope else {
      throw missing
    }
    guard let item = try page.item(id) else {
      guard envelope.isOver(at: page.now) else { throw missing }
      throw WebProblem(410, "The \(resource.noun) \(FieldValue.text(name).summary) was taken down.")
    }
    return byUID || envelope.slug == name ? .item(item) : .moved(envelope.slug)
  }

  private func index(_ page: PageContext) -> FieldValue {
    let settings = surroundings.settings
    let nouns = resources.map { resource -> FieldValue in
      .map([
        "noun": .text(resource.noun), "title": .text(maker.title(ofNoun: resource.noun)),
        "api": .text(whole(APIAddress.list(noun: resource.noun).path)),
        "url": resource.type.index == nil
          ? .null : .text(whole(surroundings.path(of: .list(noun: resource.noun)))),
      ])
    }
    return .map([
      "title": .text(settings.title), "slogan": .text(settings.slogan),
      "language": .text(settings.language), "timeZone": .text(settings.timeZoneName),
      "url": .text(whole(surroundings.path(of: .front))),
      "document": .text(whole(APIAddress.document.path)),
      "search": .text(whole(APIAddress.search.path)), "nouns": .list(nouns),
    ])
  }

  /// An address: whole where the site knows its own.
  func whole(_ path: String) -> String { path.hasPrefix("/") ? surroundings.address(path) : path }
}
