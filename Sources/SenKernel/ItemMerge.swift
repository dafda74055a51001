import ContentModel

/// What two people have made of one item, put together field by field.
///
/// A field that one of them has changed is as they made it. Where both have, lists gain and lose what either added and
/// took away, texts are merged by lines, and everything else has to be the same.
struct ItemMerge {
  /// A field of which both have made something else.
  struct Conflict {
    let field: String
    let base: FieldValue
    let mine: FieldValue
    let theirs: FieldValue
  }

  /// Their item with my changes; theirs where there are conflicts.
  private(set) var item: Item
  private(set) var conflicts: [Conflict] = []
  /// The fields that only I have changed, only they, and both.
  private(set) var mine: [String] = []
  private(set) var theirs: [String] = []
  private(set) var both: [String] = []

  /// - Parameter names: the fields that I could change.
  init(base: Item, mine own: Item, theirs other: Item, _ fields: ItemFields, _ names: [String]) throws {
    item = other
    for name in names {
      let (before, left, right) = (
        try fields.value(name, of: base), try fields.value(name, of: own), try fields.value(name, of: other)
      )
      switch (left == before, right == before) {
      case (true, true): continue
      case (true, false): theirs.append(name)
      case (false, true):
        mine.append(name)
        try fields.set(name, left, of: &item)
      case (false, false):
        if let value = left == right ? left : Self.merged(before, left, right, try fields.field(name)) {
          both.append(name)
          try fields.set(name, value, of: &item)
        } else {
          conflicts.append(Conflict(field: name, base: before, mine: left, theirs: right))
        }
      }
    }
  }

  private static func merged(
    _ base: FieldValue, _ mine: FieldValue, _ theirs: FieldValue, _ field: FieldShape
  ) -> FieldValue? {
    switch (base, mine, theirs) {
    case (.text(let base), .text(let mine), .text(let theirs)) where field.kind == .text:
      return lines(base, mine, theirs).merged.map { .text(text($0)) }
    case (.list(let base), .list(let mine), .list(let theirs)):
      let isSet = [base, mine, theirs].allSatisfy { Set($0).count == $0.count }
      return isSet
        ? SetMerge.merged(base: base, mine: mine, theirs: theirs).map { .list($0) }
        : SequenceMerge(base: base, mine: mine, theirs: theirs).merged.map { .list($0) }
    default: return nil
    }
  }

  static func lines(_ base: String, _ mine: String, _ theirs: String) -> SequenceMerge<TextPiece> {
    SequenceMerge(
      base: TextPiece.lines(base), mine: TextPiece.lines(mine), theirs: TextPiece.lines(theirs))
  }

  static func text(_ lines: [TextPiece]) -> String { lines.map(\.text).joined(separator: "\n") }
}
