internal import CGumbo

/// What becomes of an element.
enum Treatment {
  /// A part of a line, under a name that is still in use.
  case inline(StaticString)
  case paragraph
  case heading(Int)
  case preformatted
  case quotation
  case list(isOrdered: Bool)
  case item
  case descriptions
  case term
  case description
  case table
  case caption
  case rows(StaticString)
  case row
  case cell(StaticString)
  case figure
  case figureCaption
  case details
  case summary
  case rule
  case lineBreak
  case wordBreak
  case image
  case anchor
  /// A film, a recording or a page inside the page: a link to it.
  case embedded
  case checkbox
  /// Begins and ends a paragraph, and is nothing itself.
  case block
  /// Only what is in it stays.
  case unwrapped
  /// Nothing of it stays.
  case dropped

  static func of(_ element: HTMLTree.Element) -> Treatment {
    element.isHTML ? all[Int(element.tag.rawValue)] : .dropped
  }

  /// Whether it is one of the parts that certain blocks consist of.
  var isPart: Bool {
    switch self {
    case .item, .term, .description, .figureCaption, .summary, .caption, .rows, .row, .cell: true
    default: false
    }
  }

  private static let all: [Treatment] = {
    var all = [Treatment](repeating: .unwrapped, count: Int(GUMBO_TAG_LAST.rawValue) + 1)
    for (tags, treatment) in known {
      for tag in tags { all[Int(tag.rawValue)] = treatment }
    }
    return all
  }()

  private static let known: [([GumboTag], Treatment)] =
    lines + blocks + tables + [
      ([GUMBO_TAG_IFRAME, GUMBO_TAG_EMBED, GUMBO_TAG_OBJECT, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO], .embedded),
      ([GUMBO_TAG_INPUT], .checkbox),
      (
        [
          GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TITLE,
          GUMBO_TAG_HEAD, GUMBO_TAG_BASE, GUMBO_TAG_LINK, GUMBO_TAG_META, GUMBO_TAG_SVG, GUMBO_TAG_MATH,
          GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES, GUMBO_TAG_TEXTAREA,
          GUMBO_TAG_SELECT, GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP, GUMBO_TAG_DATALIST, GUMBO_TAG_BUTTON,
          GUMBO_TAG_OUTPUT, GUMBO_TAG_PROGRESS, GUMBO_TAG_METER, GUMBO_TAG_KEYGEN, GUMBO_TAG_ISINDEX,
          GUMBO_TAG_APPLET, GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK, GUMBO_TAG_CANVAS,
          GUMBO_TAG_AREA, GUMBO_TAG_FRAME, GUMBO_TAG_FRAMESET, GUMBO_TAG_BGSOUND, GUMBO_TAG_COL,
          GUMBO_TAG_COLGROUP, GUMBO_TAG_MENUITEM,
        ], .dropped
      ),
    ]

  private static let lines: [([GumboTag], Treatment)] = [
    ([GUMBO_TAG_A], .anchor), ([GUMBO_TAG_IMG, GUMBO_TAG_IMAGE], .image), ([GUMBO_TAG_BR], .lineBreak),
    ([GUMBO_TAG_WBR], .wordBreak), ([GUMBO_TAG_EM], .inline("em")), ([GUMBO_TAG_STRONG], .inline("strong")),
    ([GUMBO_TAG_B], .inline("b")), ([GUMBO_TAG_I], .inline("i")), ([GUMBO_TAG_U], .inline("u")),
    ([GUMBO_TAG_S, GUMBO_TAG_STRIKE], .inline("s")), ([GUMBO_TAG_DEL], .inline("del")),
    ([GUMBO_TAG_INS], .inline("ins")), ([GUMBO_TAG_SUB], .inline("sub")), ([GUMBO_TAG_SUP], .inline("sup")),
    ([GUMBO_TAG_MARK], .inline("mark")), ([GUMBO_TAG_SMALL], .inline("small")),
    ([GUMBO_TAG_ABBR, GUMBO_TAG_ACRONYM], .inline("abbr")), ([GUMBO_TAG_CITE], .inline("cite")),
    ([GUMBO_TAG_Q], .inline("q")), ([GUMBO_TAG_KBD], .inline("kbd")), ([GUMBO_TAG_SAMP], .inline("samp")),
    ([GUMBO_TAG_VAR], .inline("var")), ([GUMBO_TAG_TIME], .inline("time")), ([GUMBO_TAG_DFN], .inline("dfn")),
    ([GUMBO_TAG_CODE, GUMBO_TAG_TT], .inline("code")), ([GUMBO_TAG_SPAN, GUMBO_TAG_FONT], .inline("span")),
    ([GUMBO_TAG_BDO], .inline("bdo")), ([GUMBO_TAG_BDI], .inline("bdi")),
  ]

  private static let blocks: [([GumboTag], Treatment)] = [
    ([GUMBO_TAG_P], .paragraph), ([GUMBO_TAG_H1], .heading(1)), ([GUMBO_TAG_H2], .heading(2)),
    ([GUMBO_TAG_H3], .heading(3)), ([GUMBO_TAG_H4], .heading(4)), ([GUMBO_TAG_H5], .heading(5)),
    ([GUMBO_TAG_H6], .heading(6)), ([GUMBO_TAG_PRE, GUMBO_TAG_LISTING], .preformatted),
    ([GUMBO_TAG_BLOCKQUOTE], .quotation), ([GUMBO_TAG_HR], .rule), ([GUMBO_TAG_OL], .list(isOrdered: true)),
    ([GUMBO_TAG_UL, GUMBO_TAG_MENU, GUMBO_TAG_DIR], .list(isOrdered: false)), ([GUMBO_TAG_LI], .item),
    ([GUMBO_TAG_DL], .descriptions), ([GUMBO_TAG_DT], .term), ([GUMBO_TAG_DD], .description),
    ([GUMBO_TAG_FIGURE], .figure), ([GUMBO_TAG_FIGCAPTION], .figureCaption),
    ([GUMBO_TAG_DETAILS], .details), ([GUMBO_TAG_SUMMARY], .summary),
    (
      [
        GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER,
        GUMBO_TAG_MAIN, GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_ADDRESS, GUMBO_TAG_HGROUP, GUMBO_TAG_CENTER,
        GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_MARQUEE, GUMBO_TAG_MULTICOL,
      ], .block
    ),
  ]

  private static let tables: [([GumboTag], Treatment)] = [
    ([GUMBO_TAG_TABLE], .table), ([GUMBO_TAG_CAPTION], .caption), ([GUMBO_TAG_THEAD], .rows("thead")),
    ([GUMBO_TAG_TBODY], .rows("tbody")), ([GUMBO_TAG_TFOOT], .rows("tfoot")), ([GUMBO_TAG_TR], .row),
    ([GUMBO_TAG_TD], .cell("td")), ([GUMBO_TAG_TH], .cell("th")),
  ]
}
