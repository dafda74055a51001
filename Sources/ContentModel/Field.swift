/// What else is true of a field.
public enum FieldTrait: Sendable, Hashable {
  /// The item's title, of which there is exactly one in a content type; kept in the envelope.
  case title
  /// Its words are found by `search`.
  case searchable
  /// Neither null nor empty.
  case required
  /// The long text that `edit` shows below the front matter; at most one.
  case body
  /// A reference to the same content type that makes a tree of it; loops are refused.
  case parent
  /// What the item is a part of; its place is counted among the parts of the same.
  case group
  /// Indexed, for filters and orders over many items.
  case indexed
  /// The few sentences that stand for the item in lists, feeds and search engines.
  case lead
  /// The picture that stands for the item.
  case picture
  /// What that picture shows, in words, for those who cannot see it.
  case pictureText
  /// Where in that picture lies what must not be cut off: a number from 0, left, to 1.
  case pictureX
  /// The same from 0, top, to 1.
  case pictureY
  /// The reference to what the item stands below on its page, where that is not its `parent`: an article's category.
  case section
  /// A file that is offered as it is: of a picture the original too, with whatever else is in it.
  case download
  /// Of one item alone, such as the number of a document: a copy of the item begins without it.
  case notCopied
  /// A key or a password: written, but never shown, compared, exported or kept in revisions. A text, and nothing
  /// else is true of it than that it is `required`.
  case secret
  /// For those who run the site: shown to them and kept in archives, and in nothing that visitors get.
  case confidential
}

/// One declared attribute of a `Fielded` type. A class, for it is much to copy and stands in lists that all threads read.
public final class Field<Root: Sendable>: Sendable {
  public let name: String
  public let kind: FieldKind
  public let traits: Set<FieldTrait>
  public let isOptional: Bool
  /// One line for help, forms and schema documents.
  public let help: String
  let get: @Sendable (Root) -> FieldValue
  let set: @Sendable (inout Root, FieldValue) throws(Refusal) -> Void
  let restore: @Sendable (inout Root, FieldValue) throws(Refusal) -> Void
  let check: @Sendable (Root) throws(Refusal) -> Void
  let fault: @Sendable (FieldValue) -> Refusal?

  /// Declares `name` to be the attribute at `path`.
  /// - Parameter check: throws what is wrong with a value of the right kind.
  public init<Value: FieldType>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ traits: FieldTrait...,
    help: String = "",
    check: @escaping @Sendable (Value) throws(Refusal) -> Void = { _ in }
  ) {
    self.name = name
    self.kind = Value.kind
    self.traits = Set(traits)
    self.isOptional = Value.isOptional
    self.help = help
    get = { $0[keyPath: path].fieldValue }
    set = { (root: inout Root, value: FieldValue) throws(Refusal) in
      root[keyPath: path] = try Value(fieldValue: value)
    }
    restore = { (root: inout Root, value: FieldValue) throws(Refusal) in
      root[keyPath: path] = try Value(stored: value)
    }
    self.check = { (root: Root) throws(Refusal) in try check(root[keyPath: path]) }
    fault = { value in
      do throws(Refusal) {
        _ = try Value(stored: value)
        return nil
      } catch {
        return error
      }
    }
  }

  /// A check on a text: at most so many characters as people count them, a letter with its marks being one; and no more
  /// marks than four a character, which no writing has.
  public static func atMost(_ count: Int) -> @Sendable (String) throws(Refusal) -> Void {
    { (text: String) throws(Refusal) in
      if text.count > count {
        throw Refusal(
          .invalid, "has \(text.count) characters", hint: "At most \(count) fit.",
          reason: .tooLong(most: count))
      }
      let scalars = text.unicodeScalars.count
      if scalars > 4 * count {
        throw Refusal(
          .invalid, "has \(scalars) characters and marks on them", hint: "At most \(4 * count) fit together.")
      }
    }
  }
}
