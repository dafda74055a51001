import ContentModel
import Foundation
import GRDB
import SenTesting
import Testing

@testable import SenKernel

/// A plugin that uses every way to add to the kernel.
private struct GardenPlugin: Plugin {
  struct Plant: Content {
    static let name = "plant"
    static let help = "What grows"
    static let fields: [Field<Plant>] = [
      Field("title", \.title, .title, .required), Field("height", \.height, help: "In centimetres"),
    ]
    var title = ""
    var height = 0
  }
  struct Watering: Fielded {
    static let fields: [Field<Watering>] = [Field("litres", \.litres, .required, help: "How much")]
    var litres = 1
  }
  struct Settings: Fielded {
    static let fields: [Field<Settings>] = [
      Field("tallest", \.tallest, help: "No plant grows higher") { (value: Int) throws(Refusal) in
        guard value > 0 else { throw Refusal(.invalid, "has to be above 0") }
      }
    ]
    var tallest = 100
  }
  /// How often the job ran, and what it does.
  final class Work: Sendable {
    let runs = Guarded(0)
    let fails = Guarded(false)
    let stops = Guarded(false)
  }

  let work = Work()
  let name = "garden"
  let help = "Plants"
  let contentTypes = [Shape(Plant.self)]
  let sideTables = [
    SideTable(
      "watering", of: "plant", help: "How it was watered",
      columns: [.init("litres", .integer), .init("at", .date)])
  ]
  let settings: Shape? = Shape(Settings.self, name: "garden", help: "The garden")
  let actions = [
    Action(
      "water", of: Plant.self, input: Watering.self, help: "Waters a plant",
      examples: ["plant water 1 --litres 2"]
    ) { entry, watering, operation in
      try operation.db.execute(
        sql: "INSERT INTO watering (itemId, litres, at) VALUES (?, ?, ?)",
        arguments: [entry.envelope.id, watering.litres, Timestamp.text(operation.now)])
      try operation.update(Plant.self, entry.envelope.id) { $0.body.height += watering.litres }
      return "Watered “\(entry.body.title)”"
    }
  ]
  let rules = [
    Rule(of: Plant.self) { _, new, operation in
      let tallest = try operation.site.settings(Settings.self, of: "garden").tallest
      if let new, new.body.height > tallest {
        throw Refusal(.conflict, "No plant grows above \(tallest)", field: "height")
      }
    }
  ]
  let blocks = [BlockType("plants", help: "The plants", options: NoOptions.self) { _, _ in nil }]
  var jobs: [Job] {
    let work = work
    return [
      Job("garden-rain", help: "Rain", every: 3600) { _, note in
        note("It rains")
        if work.stops.withLock({ $0 }) { throw CancellationError() }
        if work.fails.withLock({ $0 }) { throw Refusal(.conflict, "No clouds") }
        let count = work.runs.withLock { runs in
          runs += 1
          return runs
        }
        return "rained \(count)"
      }
    ]
  }
}

struct ExtensionTests {
  private let plugin = GardenPlugin()
  private let site: TestSite
  private let clock: TestClock

  final class TestClock: Sendable {
    let now = Guarded(Date(timeIntervalSince1970: 1_795_000_000))
  }

  init() throws {
    let clock = TestClock()
    self.clock = clock
    site = try TestSite([plugin]) { clock.now.withLock { $0 } }
    try site.run("plant create Chuối --height 98")
  }

  @Test func anActionIsACommandWithItsInputAsFlags() throws {
    try site.run("plant water @last --litres 2")
    #expect(try site.run("plant show @last --field height") == "100\n")
    #expect(try site.run("schema sql 'SELECT litres FROM watering' --field litres") == "2\n")
    #expect(site.refusal("plant water @last --litres x")?.code == .invalid)
    #expect(site.refusal("plant water 999")?.code == .notFound)
  }

  @Test func aRuleTakesTheWholeChangeBack() throws {
    #expect(site.refusal("plant water @last --litres 3")?.field == "height")
    #expect(try site.run("schema sql 'SELECT count(*) AS n FROM watering' --field n") == "0\n")
    try site.run("config set garden.tallest 200")
    try site.run("plant water @last --litres 3")
    #expect(site.refusal("config set garden.tallest 0")?.code == .invalid)
    #expect(site.refusal("config set garden.talest 1")?.hint?.contains("garden.tallest") == true)
    try site.run("config unset garden.tallest")
    #expect(try site.run("config get garden.tallest") == "100\n")
  }

  @Test func jobsRunWhenTheyAreDueAndTellHowItWent() throws {
    #expect(site.refusal("job run")?.code == .usage)
    #expect(site.refusal("job run garden-rian")?.hint?.contains("garden-rain") == true)
    try site.run("job run --due")
    try site.run("job run --due")
    #expect(plugin.work.runs.withLock { $0 } == 1)
    clock.now.withLock { $0 += 3600 }
    try site.run("job run --due")
    #expect(try site.run("job list --field result").hasPrefix("rained 2\n"))
    plugin.work.fails.withLock { $0 = true }
    #expect(throws: DoneInPart.self) { try site.run("job run garden-rain") }
    #expect(try site.run("job list --field result").hasPrefix("failed: No clouds\n"))
  }

  @Test func aJobThatAnotherProcessRunsIsLeftToIt() throws {
    let path = site.folder + "/.job-garden-rain.lock"
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    let output = MemoryOutput()
    try site.run("job run garden-rain", output)
    #expect(output.notes.last?.contains("another process") == true)
    #expect(plugin.work.runs.withLock { $0 } == 0)
  }

  @Test func whatAnotherProcessHasJustDoneIsNotDoneAgain() throws {
    // Both found it due; the second one waits for the lock until the first is through.
    let second = try Site.open(site.folder, registry: site.site.registry) { [clock] in
      clock.now.withLock { $0 }
    }
    let jobs = [plugin.jobs[0]]
    let runs = try [site.site, second].map { site in try JobRun.run(jobs[0], site, ifDue: true) { _ in } }
    #expect(runs == [.done("rained 1"), .early])
  }

  @Test func anInterruptedRunIsNoFailureOfTheJob() throws {
    plugin.work.stops.withLock { $0 = true }
    #expect(throws: CancellationError.self) { try site.run("job run garden-rain") }
    #expect(try site.run("job list --field result").hasPrefix("failed: interrupted\n"))
  }

  @Test func blocksArePlacedOrderedAndChecked() throws {
    #expect(try site.run("block types --field kind") == "plants\n")
    try site.run("block add plants --region footer")
    try site.run("block add plants --region footer --position 1 --title Trên")
    #expect(try site.run("block list --sort position --field title").hasPrefix("Trên\n"))
    #expect(site.refusal("block add plants --set x=1")?.hint == "It has none.")
    #expect(site.refusal("block add plants --region 'Chân trang'")?.code == .invalid)
  }

  @Test func anArchiveOfAMissingPluginIsBroughtInWithoutItsParts() throws {
    try site.run("plant water @last --litres 1")
    try site.run("config set garden.tallest 300")
    try site.run("config set title 'Vườn'")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([])
    let output = MemoryOutput()
    try other.run("import archive \(site.folder)/a.tar", output)
    #expect(try other.run("config get title") == "Vườn\n")
    for part in ["1 plant,", "1 watering row,", "1 setting,"] {
      #expect(output.notes.contains { $0.contains("left out: \(part)") }, "\(part) in \(output.notes)")
    }
  }

  @Test func pluginsThatCollideAreRefused() {
    #expect(throws: Refusal.self) { try Registry([GardenPlugin(), GardenPlugin()]) }
  }
}
