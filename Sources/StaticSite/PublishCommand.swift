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
        """,
      arguments: [ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path)],
      flags: [
        FlagSpec(
          "actions-url", help: "Where forms are sent: the address of sen serve", kind: .text,
          placeholder: "URL"),
        FlagSpec("all", help: "Makes every page anew"),
      ],
      examples: ["sen publish /var/www/portal", "sen publish public --actions-url https://hoi.example.vn"])
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
    let report = try Publisher(site, folder: path, actionsOrigin: origin).run(
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
