import Foundation
import SenKernel
import Templates

/// What every template knows, prepared once for all pages: the words of the interface, and the site.
struct CommonValues: TemplateValue, Sendable {
  private let words: Words
  private let site: SiteValues

  init(_ surroundings: Surroundings) { (words, site) = (surroundings.words, SiteValues(surroundings)) }

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "words": words
    case "site": site
    default: nil
    }
  }

  private struct SiteValues: TemplateValue, Sendable {
    private let parts: [String: Written]
    private let isAnswered: Bool

    init(_ surroundings: Surroundings) {
      let settings = surroundings.settings
      let feed = surroundings.origin.map { _ in surroundings.path(of: .feed(.rss, of: .site)) }
      isAnswered = surroundings.isAnswered
      parts = [
        "title": Written(escaping: settings.title), "slogan": Written(escaping: settings.slogan),
        "url": Written(html: surroundings.path(of: .front)),
        "search": Written(html: surroundings.path(of: .search)),
        "contents": Written(html: surroundings.path(of: .contents)),
        "language": Written(escaping: settings.language), "zone": Written(escaping: settings.timeZoneName),
        "feed": Written(html: feed ?? ""),
      ]
    }

    func child(named name: String) -> (any TemplateValue)? {
      if name == "isAnswered" { return isAnswered }
      if let part = parts[name] { return part }
      return Blank.asked(name) { child(named: $0) }
    }
  }
}

/// The paths of the theme's files: `{{files.style-css}}`.
struct FileValues: TemplateValue, Sendable {
  private let paths: [String: Written]

  /// - Parameter paths: by the files' names.
  init(_ paths: [String: String]) {
    self.paths = paths.reduce(into: [:]) {
      $0[$1.key.replacing(".", with: "-")] = Written(html: $1.value)
    }
  }

  func child(named name: String) -> (any TemplateValue)? { paths[name] }
}

/// What the layout knows beside the head and the common values.
final class LayoutValues: TemplateValue {
  let template: String
  let content: [UInt8]
  let language: String
  let regions: Regions
  let files: FileValues
  let writer: ValueWriter

  init(
    template: String, content: [UInt8], language: String, regions: Regions, files: FileValues,
    writer: ValueWriter
  ) {
    (self.template, self.content, self.language) = (template, content, language)
    (self.regions, self.files, self.writer) = (regions, files, writer)
  }

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "said": TextValue(text: writer.page.said ?? "")
    case "refused": writer.refused()
    case "kind": TextValue(text: template)
    case "content": Rendered(bytes: content)
    case "language": TextValue(text: language)
    case "regions": regions
    case "today": today
    case "files": files
    default: Blank.asked(name) { child(named: $0) }
    }
  }

  /// The day, with which the page grows old.
  private var today: MomentValue {
    let page = writer.page
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = page.site.timeZone
    if let day = calendar.dateInterval(of: .day, for: page.now) { page.trace.expires(at: day.end) }
    return writer.moment(page.now)
  }
}
