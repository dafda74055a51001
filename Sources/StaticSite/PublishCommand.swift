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
        in a browser, copied, or served below any path. Canonical addresses, feeds and sitemaps stay whole.
        """,
      arguments: [ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path)],
      flags: [
        FlagSpec(
          "actions-url", help: "Where forms are sent: the address of sen serve", kind: .text,
          placeholder: "URL"),
        FlagSpec("all", help: "Makes every page anew"),
        FlagSpec("relative", help: "Links within the site lead from page to page, wherever the folder lies"),
      ],
      examples: [
        "sen publish /var/www/portal", "sen publish public --actions-url https://hoi.example.vn",
        "sen publish /media/usb/portal --relative",
      ])
  ) { context in
    let site = try context.site
    guard let folder = context.invocation.value("dir") else { throw Refusal(.usage, "Which folder?") }
    guard !context.isDryRun else {
      return context.output.note("Dry run: would have published the site in \(folder)")
    }
    let path = URL(filePath: folder).standardized.path
    guard path != site.folder, !site.folder.hasPrefix(path + "/") else {
      throw Refusal(
        .invalid, "\(folder) holds the site itself, which nobody may download",
        hint: "Publish it beside the site.")
    }
    var origin = context.invocation.flag("actions-url") ?? ""
    if !origin.isEmpty { origin = try WebAddress(origin).text }
    while origin.hasSuffix("/") { origin.removeLast() }
    let output = context.output
    let publisher = try Publisher(
      site, folder: path, actionsOrigin: origin, isRelative: context.invocation.has("relative"))
    let report = try publisher.run(
      isWhole: context.invocation.has("all"), note: { output.note($0) }
    ) { done, total in
      output.progress("publish", done: done, total: total)
      return !output.isInterrupted
    }
    output.note(
      "Published \(Counted.text(report.pages, "page")): \(report.written) written, \(report.removed) removed"
        + (report.media > 0 ? ", \(Counted.text(report.media, "file")) of media linked" : ""))
    for path in report.foreign.prefix(10) { output.note("Left alone, since somebody else made it: \(path)") }
    if !report.foreign.isEmpty { throw DoneInPart() }
  }
}
