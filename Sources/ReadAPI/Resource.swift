import SenKernel

/// A noun of the API: its fields, its page, and what can be asked of its list.
struct Resource: Sendable {
  let shape: Shape
  let type: PageType
  let filters: [PublicFilter]
  let orders: [PublicOrder]
  var noun: String { shape.name }

  init(_ shape: Shape, _ type: PageType, _ registry: Registry) {
    (self.shape, self.type) = (shape, type)
    filters = PublicFilter.all(of: shape, registry)
    orders = PublicOrder.all(of: shape)
  }

  /// The fields that are given, in the order of their declaration. How a text is written is no business of those who
  /// get it as HTML.
  var fields: [(index: Int, field: FieldShape)] {
    shape.fields.enumerated().filter { $0.element.isPublic && $0.element.name != "bodyFormat" }
      .map { ($0.offset, $0.element) }
  }

  /// The order of the list on its page, where it has one.
  var usualOrder: [Query.Order] {
    if case .items(let noun, _, let order)? = type.index?.source, noun == self.noun, !order.isEmpty {
      return order
    }
    return [.init("publishAt", descends: true)]
  }

  /// The order that a text asks for, such as `-published`; nil where there is none of that name.
  func order(_ text: String) -> [Query.Order]? {
    let descends = text.hasPrefix("-")
    let name = descends ? String(text.dropFirst()) : text
    return orders.first { $0.name == name }.map { [.init($0.field, descends: descends)] }
  }
}
