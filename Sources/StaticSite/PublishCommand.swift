import Foundation
public import SenKernel

/// `publish`: the site as files.
public enum PublishCommand {
  public static let command = Command(
    CommandSpec(
      noun: "publish", verb: "", summary: "Writes the site as files for any web server",
      discussion: """
        After the first time only the pages are written that show what has changed. Files in the folder that Sen has not
        written are never touched.

        At the former address of an item stands a small page that leads on; .sen/redirects.map and .sen/gone.map of the
        folder tell nginx what to answer with 301 and 410. 404.html and 410.html are for where nothing is.

        With --relative, links within the site lead from page to page by their files, so that the folder can be opened
        in a browser, copied, or served below any path. Canonical addresses, feeds and sitemaps stay whole. Where the address
        of the site has a path (config get address), they are so without being told.

        With --atomic, the folder is a link to the last of the releases beside it, in DIR.releases. Each run makes a new
        one, of hard links where files are the same, and leads the link to it when it is whole and on the disk.

        A folder belongs to the site that was published to it first, its backups included. With --take-over it is this
        site's from now on, and the pages of the other go. The same makes the list anew that Sen keeps in the folder,
        .sen/published.db, where that was damaged or lost: what lies at the places of pages is then taken for Sen's.
        """,
      arguments: [ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path)],
      flags: [
        FlagSpec(
          "actions-url", help: "Where forms are sent: the address of sen serve", kind: .text,
          placeholder: "URL"),
        FlagSpec("all", help: "Makes every page anew"),
        FlagSpec("atomic", help: "Makes the folder a link to a release, and changes all of it in one step"),
        FlagSpec(
          "keep", help: "How many old releases stay, with --atomic; 2 unless told otherwise", kind: .integer,
          placeholder: "N"),
        FlagSpec("relative", help: "Links within the site lead from page to page, wherever the folder lies"),
        FlagSpec("take-over", help: "Takes the folder of another site, or one whose list is damaged"),
      ],
      examples: [
        "sen publish /var/www/portal", "sen publish public --actions-url https://hoi.example.vn",
        "sen publish /media/usb/portal --relative", "sen publish /var/www/portal --atomic --keep 5",
        "sen publish /var/www/portal --take-over",
      ])
  ) { context in
    let site = try context.site
    guard let folder = context.invocation.value("dir") else { throw Refusal(.usage, "Which folder?") }
    let path = try Self.target(folder, of: site)
    var origin = context.invocation.flag("actions-url") ?? ""
    if !origin.isEmpty { origin = try Self.origin(origin) }
    guard !context.isDryRun else {
      return context.output.note("Dry run: would have published the site in \(folder)")
    }
    let output = context.output
    let report = try publish(site, at: path, origin, context)
    output.note(
      "Published \(Counted.text(report.pages, "page")): \(report.written) written, \(report.removed) removed"
        + (report.media > 0 ? ", \(Counted.text(report.media, "file")) of media linked" : ""))
    tell(report.foreign, "Left alone, since somebody else made it", output)
    tell(report.unlisted, "Left alone, since nobody knows who made it", output)
    if !report.foreign.isEmpty { throw DoneInPart() }
  }

  private static func tell(_ paths: [String], _ what: String, _ output: any Output) {
    let most = 10
    for path in paths.prefix(most) { output.note("\(what): \(path)") }
    if paths.count > most {
      output.note(
        "And so with \(paths.count - most) more; if Sen made them and its list was lost: --take-over")
    }
  }

  /// The address of a live site, without a slash at its end; paths are put behind it as it is.
  static func origin(_ text: String) throws -> String {
    var origin = try WebAddress(text).text
    guard !origin.contains(where: { "?#".contains($0) }) else {
      throw Refusal(
        .invalid, "--actions-url: \(text) has a query or a fragment, behind which no path can stand",
        field: "actions-url", hint: "Example: --actions-url https://hoi.example.vn")
    }
    while origin.hasSuffix("/") { origin.removeLast() }
    return origin
  }

  /// The whole path of a folder that is neither in the site nor around it, by whatever links it is named.
  static func target(_ folder: String, of site: Site) throws -> String {
    let path = TypedPath.whole(folder)
    let (tree, home) = (Self.real(path), Self.real(site.folder))
    guard !"\(home)/".hasPrefix(tree == "/" ? "/" : "\(tree)/"), !"\(tree)/".hasPrefix("\(home)/") else {
      throw Refusal(
        .invalid,
        tree.hasPrefix("\(home)/")
          ? "\(folder) lies in the site itself"
          : "\(folder) holds the site itself, which nobody may download",
        hint: "Publish it beside the site.")
    }
    return path
  }

  /// A path without links in it, as far as it is there.
  private static func real(_ path: String) -> String {
    guard path != "/" else { return path }
    if let whole = realpath(path, nil) {
      defer { free(whole) }
      return String(cString: whole)
    }
    let (parent, name) = (
      (path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent
    )
    let above = real(parent)
    return above == "/" ? "/\(name)" : "\(above)/\(name)"
  }

  private static func publish(_ site: Site, at path: String, _ origin: String, _ context: CommandContext)
    throws
    -> Publisher.Report
  {
    let (invocation, output) = (context.invocation, context.output)
    let isWhole = invocation.has("all")
    // Below a path, links that begin at the root of the host would lead out of the site.
    let isRelative = invocation.has("relative") || site.settings.place?.path.isEmpty == false
    let takesOver = invocation.has("take-over")
    let progress = { (done: Int, total: Int) in
      output.progress("publish", done: done, total: total)
      return !output.isInterrupted
    }
    let count = invocation.integer("keep") ?? 2
    if invocation.has("atomic") {
      guard (1...1000).contains(count) else {
        throw Refusal(.usage, "--keep: \(count) is no number of releases", hint: "1 to 1000")
      }
      return try Publisher.release(
        site, at: path, actionsOrigin: origin, isRelative: isRelative, takesOver: takesOver,
        keeping: Int(count), isWhole: isWhole, note: { output.note($0) }, progress: progress)
    }
    guard invocation.integer("keep") == nil else {
      throw Refusal(.usage, "--keep counts the releases that --atomic makes", hint: "Say --atomic as well.")
    }
    guard !Publisher.isReleased(path) else {
      throw Refusal(
        .conflict, "\(path) is a link to a release, which is not changed any more", hint: "Say --atomic.")
    }
    return try Publisher(
      site, folder: path, actionsOrigin: origin, isRelative: isRelative, takesOver: takesOver
    )
    .run(isWhole: isWhole, note: { output.note($0) }, progress: progress)
  }
}
