import ContentModel
import Foundation
public import SenKernel
import Storage

/// Views as texts, to be compared in tests: `{isOpen: yes, item: poll:y-kien, options: [{votes: 2}, {votes: 0}]}`.
extension View {
  public var text: String {
    "{" + values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ")
      + "}"
  }

  /// The value of a name as a text; nil where the view does not have the name.
  public func text(_ name: String) -> String? { self[name]?.text }

  /// The views of a list, such as the rows of a table.
  public func views(_ name: String) -> [View] {
    guard case .list(let values)? = self[name] else { return [] }
    return values.compactMap { value in
      guard case .view(let view) = value else { return nil }
      return view
    }
  }
}

extension ViewValue {
  public var text: String {
    switch self {
    case .none: "-"
    case .text(let text), .prose(let text, _), .marked(let text, _), .address(let text): text
    case .number(let number, let decimals): String(format: "%.\(decimals)f", number)
    case .flag(let flag): flag ? "yes" : "no"
    case .moment(let date): Timestamp.text(date)
    case .picture(_, let alt): "picture(\(alt))"
    case .file(_, let name): "file(\(name))"
    case .item(let item): "\(item.envelope.type):\(item.envelope.slug)"
    case .page(let address): address.path
    case .form(let noun, let action, let item): "form(\(noun) \(item.envelope.slug) \(action))"
    case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .view(let view): view.text
    }
  }
}
