import CMalloc
import Foundation
import LiveSite
import ReadAPI
import SenKernel
import Web
import WebServer

/// `serve`: the live site.
enum ServeCommand {
  static let command = Command(
    CommandSpec(
      noun: "serve", verb: "", summary: "Serves the site to visitors until it is interrupted",
      discussion: """
        Jobs whose time has come are run meanwhile. Sockets that systemd hands over are used instead of --host and --port.
        The access log goes to standard output; addresses in it are cut.

        With --purge, answers carry the header Surrogate-Key, which names what they show, and the cache before the site is
        sent a BAN request with the keys of what has changed at the moment that it does, by whichever process.
        """,
      flags: [
        FlagSpec("host", help: "Where to listen; 127.0.0.1 unless told otherwise", kind: .text),
        FlagSpec("port", help: "Which port; 8080 unless told otherwise, 0 for a free one", kind: .integer),
        FlagSpec("behind-proxy", help: "Believe what the proxy in front says of clients"),
        FlagSpec(
          "purge", help: "The cache before the site that is told what has changed; several times for several",
          kind: .text, placeholder: "URL", repeats: true),
        FlagSpec("no-jobs", help: "Run no jobs; cron or a timer does"),
        FlagSpec("no-log", help: "Write no access log"),
      ],
      examples: [
        "sen serve", "sen serve --host 0.0.0.0 --port 80 --behind-proxy",
        "sen serve --behind-proxy --purge http://127.0.0.1:6081",
      ])
  ) { context in
    let site = try context.site
    guard !context.isDryRun else { return context.output.note("Dry run: would have served the site") }
    let host = context.invocation.flag("host") ?? "127.0.0.1"
    let port = context.invocation.integer("port") ?? 8080
    guard (0...65_535).contains(port) else {
      throw Refusal(.usage, "--port: \(port) is no port", hint: "0 to 65535")
    }
    // Four heaps: with one for each thread, as glibc has it, each keeps what it took for the largest page that it made; with
    // two, threads wait for each other.
    mallopt(M_ARENA_MAX, 4)
    let complain: @Sendable (String) -> Void = { StandardError.line($0) }
    let purges = try context.invocation.flags("purge").map { try purgeDesk($0, site, complain) }
    let responder = try SiteResponder(site, purges: purges, failed: complain)
    let handed = HandedSockets.take(environment: Program.environment)
    var options = ServerOptions(handed.isEmpty ? .port(host: host, port: Int(port)) : .sockets(handed))
    options.isBehindProxy = context.invocation.has("behind-proxy")
    options.errorLog = complain
    options.rates = [
      .posts, .search(PageAddress.search.path), .search(APIAddress.search.path),
      .queries(below: APIAddress.root), .previews,
    ]
    options.rates += site.registry.pages.values.filter { !$0.filters.isEmpty }.map {
      .queries(below: PageAddress.list(noun: $0.noun).path)
    }
    if !context.invocation.has("no-log") {
      options.accessLog = { lines in FileHandle.standardOutput.write(Data(lines)) }
    }
    options.health = {
      do {
        _ = try site.read { try ContentStamp($0, now: site.clock()) }
        return .good
      } catch {
        return .bad("The database cannot be read.")
      }
    }
    if let place = site.settings.place, !place.path.isEmpty {
      context.output.note(
        "Pages are answered at the root of this host and say that they lie at \(place.text), where publish puts them. If "
          + "this is where visitors come: sen config set address \(place.origin)")
    }
    let jobs =
      context.invocation.has("no-jobs") ? nil : JobClock(site.on(Occasion(.job, command: "serve")), complain)
    do {
      try SiteServer(responder, options).run { places in
        for place in places { context.output.note("Serving “\(site.settings.title)” at \(place)") }
      }
    } catch let problem as SiteServer.NoPlace {
      throw Refusal(
        .conflict, "Nobody can be let in at \(host):\(port): \(problem.reason)",
        hint: problem.isTaken
          ? "Another server is there. Say --port."
          : "Name an address of this machine: --host 127.0.0.1, or 0.0.0.0 for all.")
    }
    jobs?.stop()
    responder.close()
    context.output.note("Stopped")
  }

  /// What tells the cache at an address: a `BAN` request with the keys.
  private static func purgeDesk(_ address: String, _ site: Site, _ note: @escaping @Sendable (String) -> Void)
    throws -> PurgeDesk
  {
    let address = try WebAddress(address).text
    let fetcher = site.fetcher
    return PurgeDesk(
      send: { keys in
        var request = FetchRequest(address)
        (request.method, request.timeout, request.followsRedirects) = ("BAN", 5, false)
        request.headers["Surrogate-Key"] = keys.joined(separator: " ")
        let status = try fetcher.fetch(request).status
        guard (200...299).contains(status) else { throw FetchFailure("answered \(status)", address) }
      }, note: note)
  }
}

/// Runs due jobs every minute, on a thread of its own.
final class JobClock: @unchecked Sendable {
  private let lock = NSCondition()
  private var isStopped = false

  init(_ site: Site, _ note: @escaping @Sendable (String) -> Void) {
    let thread = Thread { [self] in
      while true {
        site.runDueJobs(note: note)
        lock.lock()
        if !isStopped { _ = lock.wait(until: Date(timeIntervalSinceNow: 60)) }
        let ends = isStopped
        lock.unlock()
        if ends { return }
      }
    }
    thread.name = "jobs"
    thread.start()
  }

  func stop() {
    lock.lock()
    isStopped = true
    lock.broadcast()
    lock.unlock()
  }
}
