/// What a place allows and wants of HTML that somebody wrote.
public struct HTMLPolicy: Sendable {
  /// The level of a text's first headings, 2 to 6; those below follow without a gap, and no text has an `h1`. With
  /// `noHeadings` they are paragraphs.
  public var firstHeading = 2
  /// Whether a visitor wrote it: links say `nofollow ugc`, nothing has an id, frames and films are left out.
  public var isVisitors = false
  /// The names of the site itself, in lower case, links to which are no links to elsewhere.
  public var ownHosts: Set<String> = []
  /// What stands before every id of the text, so that it meets none of the page (`n-`, or one for each text of a page
  /// with several); letters, digits and hyphens. Nil takes ids away.
  public var idPrefix: String? = "n-"
  /// What a table that has to be scrolled is called for those who cannot see it.
  public var tableLabel = "Table"
  /// What becomes of the picture at a cleaned address.
  public var image: (@Sendable (_ source: String) -> ImageChoice)?
  /// A better address for a link, from the cleaned one; nil leaves it as it is, an empty one takes the link away.
  public var link: (@Sendable (_ address: String) -> String?)?
  /// The longest text that is read, in bytes; what is beyond is cut off.
  public var most = 4 << 20

  /// For `firstHeading`: where a text stands before the page's own heading.
  public static let noHeadings = 7

  /// What suits texts of a site's editors.
  public init() {}

  /// What suits texts of visitors.
  public static var visitors: HTMLPolicy {
    var policy = HTMLPolicy()
    policy.isVisitors = true
    policy.idPrefix = nil
    policy.firstHeading = 3
    policy.most = 1 << 18
    return policy
  }

  /// The prefix of ids, where there are any.
  var usedPrefix: String? { isVisitors ? nil : idPrefix }
}

/// What becomes of a picture.
public enum ImageChoice: Sendable, Hashable {
  /// It stays as it was written.
  case asItIs
  case shown(ImageFacts)
  /// It cannot be shown: the words that stand for it stand in its place.
  case leftOut
}

/// What the site knows of one of its pictures.
public struct ImageFacts: Sendable, Hashable {
  /// The address to show it from.
  public var source: String
  /// In pixels, as it is shown at the most.
  public var width: Int?
  public var height: Int?
  /// Its other sizes, as the attributes `srcset` and `sizes` have them.
  public var sourceSet: String?
  public var sizes: String?

  public init(
    source: String, width: Int? = nil, height: Int? = nil, sourceSet: String? = nil, sizes: String? = nil
  ) {
    (self.source, self.width, self.height) = (source, width, height)
    (self.sourceSet, self.sizes) = (sourceSet, sizes)
  }
}
