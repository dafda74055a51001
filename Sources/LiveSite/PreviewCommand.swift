import Foundation
public import SenKernel

/// `article preview REF`: a link to the page of an item that visitors do not see.
public enum PreviewCommand {
  /// One for each noun that has pages.
  public static func all(_ registry: Registry) -> [Command] {
    registry.shapes.map(\.name).filter { registry.pages[$0] != nil }.map(command)
  }

  private static func command(_ noun: String) -> Command {
    Command(
      CommandSpec(
        noun: noun, verb: "preview",
        summary: "Makes a link to the page of an item that visitors do not see yet",
        discussion: """
          Whoever has the link sees the page in sen serve, as the item is by then, until the time is over or the item is
          deleted. Only who may edit the item makes one. It cannot be taken back before its time, but by deleting the item.
          """,
        arguments: [ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: noun))],
        flags: [
          FlagSpec(
            "for", help: "How long it holds, at most 30d; 2h unless told otherwise", kind: .text,
            placeholder: "TIME")
        ],
        examples: ["sen \(noun) preview 12", "sen \(noun) preview @last --for 3d"])
    ) { context in
      let site = try context.site
      let envelope = try site.read { db in
        try site.store.fetch(context.item(noun, db), db)?.envelope
      }
      guard let envelope else { throw Refusal(.notFound, "There is no such \(noun)") }
      try site.permitPreview(of: envelope.id)
      let length = try DurationText.parse(context.invocation.flag("for") ?? "2h")
      guard (60...PreviewToken.longest).contains(length) else {
        throw Refusal(.invalid, "--for: a link holds for 1m to 30d", field: "for", hint: "Example: --for 2h")
      }
      let now = site.clock()
      let end = now.addingTimeInterval(length)
      guard !context.isDryRun else {
        // The link would hold, and the key that signs it may have to be made.
        return context.output.note(
          "Dry run: would have made a link to “\(envelope.title)” that holds until \(site.text(of: end))")
      }
      let token = try PreviewToken(for: envelope.uid, until: end, SiteKey.signer(site))
      let origin = site.settings.place?.text ?? ""
      try context.output.bytes.write(Array("\(origin)\(token.path)\n".utf8))
      context.output.note("Whoever has the link sees “\(envelope.title)” until \(site.text(of: end))")
      if origin.isEmpty {
        context.output.note("It goes behind the address of the site, which: sen config set address https://…")
      }
      if envelope.isPublic(at: now) { context.output.note("Visitors see the item anyway") }
    }
  }
}
