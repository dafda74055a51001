import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing

/// What becomes due is the site's own work, whoever's clock or command begins it.
struct JobActorTests {
  private struct Note: Content {
    static let name = "note"
    static let help = "What was noted"
    static let fields: [Field<Note>] = [Field("title", \.title, .title, .required, .searchable)]
    var title = ""
  }
  private struct NotesPlugin: Plugin {
    let name = "notes"
    let help = "Notes by the hour"
    let contentTypes = [Shape(Note.self)]
    let jobs = [
      Job("hourly", help: "Writes a note", every: 3600) { site, _ in
        try site.write { operation in
          var note = Note()
          note.title = "Giờ"
          try operation.create(note)
        }
        return "noted"
      }
    ]
  }

  private let site: TestSite

  init() throws { site = try TestSite([NotesPlugin()]) }

  @Test func aDueJobIsTheSystemsAndIsPassedOverByUndo() throws {
    try site.run("note create Một")
    try site.run("job run --due")
    #expect(try site.run("history list --field actor --limit 1") == "system\n")
    #expect(try site.run("log list --actor system --field command --limit 1") == "job run hourly\n")
    // One's own last operation is the note.
    #expect(try site.notes("history undo").first?.contains("note create") == true)
    #expect(try site.run("note list --field title") == "Giờ\n")
    let number = try site.run("log list --actor system --field id --limit 1").dropLast()
    try site.run("history undo \(number)")
    #expect(try site.run("note list --format count") == "0\n")
    #expect(site.refusal("user create system --role administrator")?.code == .invalid)
  }

  @Test func theServersJobsAreTheSystemsToo() throws {
    site.site.acting(as: "lan").runDueJobs { _ in }
    #expect(try site.run("history list --field actor --limit 1") == "system\n")
  }

  @Test func whoRunsAJobByItsNameDoesItThemselves() throws {
    try site.run("job run hourly")
    #expect(try site.run("history list --field actor --limit 1") == "tester\n")
    #expect(try site.notes("history undo").first?.contains("job run hourly") == true)
  }
}
