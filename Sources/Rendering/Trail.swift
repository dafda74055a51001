import ContentModel
import SenKernel
import Templates

/// The way from the front page down to a page.
struct Trail {
  let steps: [(title: String, address: PageAddress)]

  init(_ item: Item?, _ head: Head, _ writer: ValueWriter, _ words: Words) throws {
    guard head.address != .front else {
      steps = []
      return
    }
    var steps: [(title: String, address: PageAddress)] = []
    let pages = writer.page.site.registry.pages
    if let item {
      var above: [Item] = []
      var current = ItemValue(item, writer).section
      // Trees have no loops; a bound costs nothing.
      while let item = current, above.count < 50 {
        above.append(item)
        current = ItemValue(item, writer).section
      }
      steps = above.reversed().filter { pages[$0.envelope.type] != nil }.map {
        ($0.envelope.title, .item(noun: $0.envelope.type, slug: $0.envelope.slug))
      }
      if steps.isEmpty, pages[item.envelope.type]?.index != nil {
        let noun = item.envelope.type
        steps = [(words.noun(noun) ?? noun, .list(noun: noun))]
      }
    }
    if let problem = writer.problem { throw problem }
    self.steps = [(words["home"] ?? "", .front)] + steps
  }

  var values: [any TemplateValue] {
    steps.map { step in
      NamedValues(values: ["title": TextValue(text: step.title), "url": TextValue(text: step.address.path)])
    }
  }
}
