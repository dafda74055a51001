import Foundation
import GRDB
import SenKernel

/// `weather`: what places have beyond the verbs of every noun.
enum WeatherCommands {
  static let all = [refresh, show]

  /// So old, and an observation is stale.
  static let staleAfter = 3.0 * 3600

  private static let refs = ArgumentSpec(
    "refs", help: "Places; all of them if none is named", kind: .reference(noun: Place.name), arity: .many)

  /// The places that were named, else all, in their order.
  private static func places(_ context: CommandContext, _ db: Database) throws -> [Entry<Place>] {
    let site = try context.site
    guard context.invocation.values("refs").isEmpty else {
      return try context.items(Place.name, db).compactMap { try site.store.fetch($0, db) }.map {
        try Entry($0)
      }
    }
    return try all(site, db)
  }

  private static func all(_ site: Site, _ db: Database) throws -> [Entry<Place>] {
    var places: [Entry<Place>] = []
    try site.store.each(Place.name, Query(order: Query.siblings), db) { item in
      places.append(try Entry(item))
      return true
    }
    return places
  }

  private static let refresh = Command(
    CommandSpec(
      noun: "weather", verb: "refresh", summary: "Asks for the current weather and the days ahead",
      discussion: """
        A place is asked about once in weather.interval minutes at most, and less and less often while its
        source fails; what was known stays. Exit code 7 where some places failed, 1 where all did.
        """,
      arguments: [refs], flags: [FlagSpec("force", help: "Ask in any case")],
      examples: ["sen weather refresh", "sen weather refresh ha-noi --force"])
  ) { context in
    let site = try context.site
    try site.permitMaintenance("ask for the weather")
    let places = try site.read { db in try Self.places(context, db) }
    if context.isDryRun {
      return context.output.note("Dry run: would have asked about \(Counted.text(places.count, "place"))")
    }
    var refresh = WeatherRefresh(site, isForced: context.invocation.has("force")) { context.output.note($0) }
    try refresh.refresh(places)
    context.output.note(try refresh.report.summary())
    if refresh.report.isInPart { throw DoneInPart() }
  }

  static let job = Job("weather-refresh", help: "Asks for the weather of all places", every: 3600) {
    site, note in
    var refresh = WeatherRefresh(site, isForced: false, note: note)
    try refresh.refresh(site.read { try all(site, $0) })
    return try refresh.report.summary()
  }

  private static let show = Command(
    CommandSpec(
      noun: "weather", verb: "show", summary: "Shows the last known weather, or the days ahead",
      discussion: "In °C, %, km/h and mm. Weather older than three hours is marked as stale.",
      arguments: [refs],
      flags: [FlagSpec("days", help: "So many days ahead instead of the current weather", kind: .integer)],
      heeds: SharedOption.records,
      examples: ["sen weather show", "sen weather show ha-noi --lang vi", "sen weather show --days 3"])
  ) { context in
    let site = try context.site
    let (now, language) = (site.clock(), context.style.language)
    try site.read { db in
      let places = try places(context, db)
      if let days = context.invocation.integer("days") {
        return try showDays(places, max(0, days), context, db)
      }
      var sink = try context.records([
        "place", "temperature", "condition", "humidity", "wind", "at", "age", "stale", "source",
      ])
      for place in places {
        guard let (last, name) = try WeatherRecords.last(of: place.envelope.id, db) else {
          context.output.note("\(place.body.title): nothing known yet; see: sen weather refresh")
          continue
        }
        let age = now.timeIntervalSince(last.at)
        try sink.write([
          "place": .text(place.body.title), "temperature": .real(last.temperature),
          "condition": Conditions.text(last.code, language).fieldValue, "humidity": last.humidity.fieldValue,
          "wind": last.wind.fieldValue, "at": .date(last.at), "age": .text(Self.age(age, language)),
          "stale": .bool(age > staleAfter), "source": .text(Provider.named(name).attribution),
        ])
      }
      try sink.finish()
    }
  }

  private static func showDays(
    _ places: [Entry<Place>], _ count: Int, _ context: CommandContext, _ db: Database
  ) throws {
    let site = try context.site
    let offset = Double(site.timeZone.secondsFromGMT(for: site.clock()))
    let today = String(Timestamp.text(site.clock().addingTimeInterval(offset)).prefix(10))
    var sink = try context.records(["place", "day", "low", "high", "rain", "condition"])
    for place in places {
      for day in try WeatherRecords.days(of: place.envelope.id, from: today, count, db) {
        try sink.write([
          "place": .text(place.body.title), "day": .text(day.day), "low": day.low.fieldValue,
          "high": day.high.fieldValue, "rain": day.rain.fieldValue,
          "condition": Conditions.text(day.code, context.style.language).fieldValue,
        ])
      }
    }
    try sink.finish()
  }

  /// `12 min`, `5 h`, `3 d`; `12 phút`, `5 giờ`, `3 ngày`.
  private static func age(_ seconds: Double, _ language: PeopleStyle.Language) -> String {
    let seconds = Int(max(0, seconds))
    let (count, unit) =
      seconds < 5400 ? (seconds / 60, 0) : seconds < 172_800 ? (seconds / 3600, 1) : (seconds / 86_400, 2)
    return "\(count) \(language == .vi ? ["phút", "giờ", "ngày"][unit] : ["min", "h", "d"][unit])"
  }
}
