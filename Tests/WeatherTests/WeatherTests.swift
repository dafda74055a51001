import Fetching
import Foundation
import SenKernel
import SenTesting
import Testing
import Weather

struct WeatherTests {
  /// A quarter of an hour after the observation of the real answer.
  let clock = TestClock("2026-08-08T18:30:00Z")
  let server: LocalServer
  let site: TestSite

  init() throws {
    server = try LocalServer()
    let clock = clock
    site = try TestSite([WeatherPlugin()], fetcher: ImpatientFetcher(URLSessionFetcher())) { clock.now }
    try site.run("place create 'Hà Nội' --latitude 21.03 --longitude 105.85")
    try site.run("config set weather.address '\(server.address("/forecast"))'")
  }

  private func serve(_ text: String, status: Int = 200) {
    server.on("/forecast", .answers(.init(status, text: text)))
  }

  private func failure(_ line: String, notes: MemoryOutput = MemoryOutput()) -> String {
    do {
      try site.run(line, notes)
      return "nothing was wrong"
    } catch {
      return "\(error)"
    }
  }

  private static let answer = """
    {"utc_offset_seconds": 25200, "current_units": {"temperature_2m": "°C"},
     "current": {"time": "2026-08-09T01:15", "temperature_2m": 29.4, "weather_code": 95, "is_day": 0,
       "relative_humidity_2m": 62, "wind_speed_10m": null},
     "daily": {"time": ["2026-08-09", "2026-08-10", "2026-08-11"], "weather_code": [61, null],
       "temperature_2m_max": [33.1, null, 30], "temperature_2m_min": [25, 24.5, null],
       "precipitation_sum": [null, 0, 12.4]}}
    """

  @Test func theWeatherIsAskedForAndShownInBothLanguages() throws {
    serve(Self.answer)
    try site.run("weather refresh")
    #expect(server.requests.first?.path.contains("latitude=21.03&longitude=105.85&current=") == true)
    #expect(
      try site.run("weather show --format ndjson")
        == """
        {"place":"Hà Nội","temperature":29.4,"condition":"thunderstorm","humidity":62.0,"wind":null,\
        "at":"2026-08-08T18:15:00Z","age":"15 min","stale":false,\
        "source":"Weather data by Open-Meteo.com (CC BY 4.0)"}

        """)
    clock.move(by: 4 * 3600)
    #expect(
      try site.run("weather show ha-noi --lang vi --format card").contains("age: 4 giờ\nstale: có\n"))
    let days = try site.run("weather show --days 3 --format csv").replacing("\r", with: "")
    #expect(
      days == """
        place,day,low,high,rain,condition
        Hà Nội,2026-08-09,25.0,33.1,,light rain
        Hà Nội,2026-08-10,24.5,,0.0,
        Hà Nội,2026-08-11,,30.0,12.4,

        """)
    #expect(try site.run("weather show --days 0 --field day") == "")
  }

  @Test func whatCannotBeIsNotBelieved() throws {
    serve(Self.answer)
    try site.run("weather refresh")
    // It would be the last known weather until then.
    serve(Self.answer.replacing("2026-08-09T01:15", with: "2099-08-09T01:15"))
    #expect(failure("weather refresh --force").contains("still to come"))
    serve(
      Self.answer.replacing("T01:15", with: "T01:20").replacing("62", with: "400")
        .replacing("\"wind_speed_10m\": null", with: "\"wind_speed_10m\": -3"))
    try site.run("weather refresh --force")
    #expect(
      try site.run("weather show --fields temperature,humidity,wind,at --format csv").replacing(
        "\r", with: "")
        == "temperature,humidity,wind,at\n29.4,,,2026-08-08T18:20:00Z\n")
  }

  @Test func aFailureNamesThePlaceAndWhoWasAsked() {
    serve("", status: 500)
    #expect(failure("weather refresh") == "Hà Nội: \(server.address("/forecast")): answered 500")
  }

  @Test func aPlaceIsNotAskedAboutTooOftenAndKeepsItsHistory() throws {
    serve(Self.answer)
    try site.run("weather refresh")
    let notes = MemoryOutput()
    try site.run("weather refresh", notes)
    #expect(server.requests.count == 1)
    #expect(notes.notes.first?.contains("not asked before 2026-08-09 01:45") == true)
    try site.run("weather refresh --force")
    clock.move(by: 16 * 60)
    try site.run("config set weather.interval 30")
    try site.run("job run weather-refresh")
    #expect(server.requests.count == 2)
    clock.move(by: 16 * 60)
    serve(Self.answer.replacing("T01:15", with: "T01:45").replacing("29.4", with: "28.0"))
    try site.run("job run weather-refresh")
    #expect(server.requests.count == 3)
    #expect(try site.run("weather show --field temperature") == "28.0\n")
    try site.run("weather refresh --dry-run --force")
    #expect(server.requests.count == 3)
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([WeatherPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("weather show --field temperature") == "28.0\n")
  }

  @Test func whatWasKnownStaysWhileTheSourceFailsAndItIsAskedLessAndLess() throws {
    serve(Self.answer)
    try site.run("weather refresh")
    server.on("/forecast", .answers(.init(500, text: "<html>down</html>")))
    for (wait, isAsked) in [
      (15, true), (14, false), (2, true), (16, false), (15, true), (59, false), (2, true),
    ] {
      clock.move(by: Double(wait) * 60)
      let count = server.requests.count
      let told = failure("weather refresh")
      #expect(server.requests.count == (isAsked ? count + 1 : count), "after \(wait) minutes")
      #expect(isAsked == told.contains("answered 500"), "\(told)")
    }
    #expect(try site.run("weather show --field temperature") == "29.4\n")
    clock.move(by: 86_400)
    serve(Self.answer)
    try site.run("weather refresh")
    clock.move(by: 15 * 60)
    try site.run("weather refresh")
  }

  @Test(arguments: [
    (LocalServer.Manner.keepsSilent, "timed out"), (.hangsUp, "Empty reply"), (.endless, "larger than"),
    (.stalls(.init(text: answer), after: 40), "timed out"),
    (.breaksOff(.init(text: answer), after: 40), "remaining to read"),
    (.lies(.init(text: answer), length: 9_000), "remaining to read"),
    (.answers(.init(text: "<!DOCTYPE html><p>Lỗi")), "web page"),
    (.answers(.init(text: "{\"current\": {")), "broken JSON"), (.answers(.init(text: "[]")), "says nothing"),
    (.answers(.init(400, text: #"{"error":true,"reason":"Latitude must be in range"}"#)), "Latitude must be"),
    (.answers(.init(200, text: #"{"error":true,"reason":"Too many"}"#)), "Too many"),
    (.answers(.init(text: answer.replacing("29.4", with: "2940"))), "which no place has"),
    (.answers(.init(text: answer.replacing("29.4", with: "null"))), "no current temperature"),
  ])
  func badMannersAreToldWithTheAddressAndTheLastAnswerStays(manner: LocalServer.Manner, why: String) throws {
    serve(Self.answer)
    try site.run("weather refresh")
    server.on("/forecast", manner)
    let told = failure("weather refresh --force")
    #expect(told.hasPrefix("Hà Nội: \(server.address("/forecast")): "), "\(told)")
    #expect(told.contains(why), "\(told)")
    #expect(try site.run("weather show --field temperature") == "29.4\n")
  }

  @Test func aServerThatIsSilentIsNotWaitedForAgainInOneRun() throws {
    try site.run("place create Huế --latitude 16.46 --longitude 107.59")
    server.on("/forecast", .keepsSilent)
    let notes = MemoryOutput()
    #expect(failure("weather refresh", notes: notes).contains("timed out"))
    #expect(server.requests.count == 1)
    #expect(notes.notes.contains { $0.hasPrefix("Huế") && $0.contains("was not asked again") })
  }

  @Test func onePlaceOfTwoIsAPart() throws {
    try site.run("place create Huế --latitude 16.46 --longitude 107.59")
    server.on("/forecast") { request in
      .answers(request.path.contains("latitude=16") ? .init(500) : .init(text: Self.answer))
    }
    let notes = MemoryOutput()
    #expect(failure("weather refresh", notes: notes).contains("DoneInPart"))
    #expect(notes.notes.last == "Refreshed 1 place, 1 failed")
    #expect(notes.notes.first?.hasPrefix("Huế: http://127.0.0.1:") == true)
  }

  @Test func openWeatherMapWantsAKeyWhichNoMessageShows() throws {
    try site.run("config set weather.provider openWeatherMap")
    #expect(failure("weather refresh").contains("wants a key"))
    try site.run("config set weather.apiKey s3cr3t")
    serve(#"{"cod":"401","message":"Invalid API key s3cr3t"}"#, status: 401)
    let told = failure("weather refresh")
    #expect(told.contains("Invalid API key") && !told.contains("s3cr3t"), "\(told)")
    #expect(!failure("weather refresh").contains("s3cr3t"))
    #expect(server.requests.last?.path.hasSuffix("&appid=s3cr3t") == true)
    serve(
      #"{"cod":"200","dt":1786212900,"main":{"temp":302.55},"weather":[{"id":211,"icon":"11n"}],"wind":{"speed":5}}"#
    )
    try site.run("weather refresh --force")
    #expect(
      try site.run("weather show --fields temperature,condition,wind --format csv").replacing("\r", with: "")
        == "temperature,condition,wind\n29.4,thunderstorm,18.0\n")
    for code in ["\"404\"", "429"] {
      serve("{\"cod\":\(code)}")
      #expect(failure("weather refresh --force").contains("answered \(code.filter(\.isNumber))"))
    }
  }

  @Test func placesLieOnEarthAndBlocksKnowThem() throws {
    #expect(failure("place create X --latitude 91").contains("-90 to 90"))
    #expect(failure("place set ha-noi longitude=181").contains("-180 to 180"))
    #expect(failure("config set weather.interval 0").contains("1 to 1440"))
    try site.run("block add weather --set place=ha-noi --set days=2")
    #expect(failure("block add weather --set days=8").contains("0 to 7"))
    #expect(
      try site.run("weather show")
        == "place\ttemperature\tcondition\thumidity\twind\tat\tage\tstale\tsource\n")
  }

  /// The answers that others got from the real services, where they lie beside the project.
  @Test(
    .enabled("skipped: ../shared/data/weather is not there") {
      FileManager.default.fileExists(atPath: Self.data)
    },
    arguments: [
      (
        "open-meteo/kindle-dashboard.json", "openMeteo", "29.4,partly cloudy,62.0,14.2,2026-08-08T18:15:00Z",
        0
      ),
      (
        "open-meteo/linecast/tests/fixtures/open_meteo_forecast.json", "openMeteo",
        "0.33,overcast,,21.24,2026-03-06T02:00:00Z", 8
      ),
      ("owm/observation_json.json", "openWeatherMap", "15.29,overcast,75.0,5.54,2013-09-11T10:26:17Z", 0),
      ("owm/one_call_json.json", "openWeatherMap", "7.0,rain,93.0,7.56,2020-04-04T12:04:11Z", 1),
      ("owm/one_call_history_json.json", "openWeatherMap", "1.16,clear,72.0,10.8,2020-04-09T21:33:47Z", 0),
    ])
  func realAnswersAreRead(file: String, provider: String, row: String, days: Int) throws {
    server.on("/forecast", .answers(try .init(file: "\(Self.data)/\(file)")))
    try site.run("config set weather.provider \(provider)")
    try site.run("config set weather.apiKey k")
    try site.run("weather refresh")
    let shown = try site.run("weather show --fields temperature,condition,humidity,wind,at --format csv")
    #expect(shown.replacing("\r", with: "").hasSuffix("\n\(row)\n"), "\(shown)")
    clock.set("2013-01-01T00:00:00Z")
    #expect(try site.run("weather show --days 99 --format count") == "\(days)\n")
  }

  @Test(
    .enabled("skipped: ../shared/data/weather is not there") { FileManager.default.fileExists(atPath: data) })
  func answersOfAnotherKindAreRefused() throws {
    try site.run("config set weather.provider openWeatherMap")
    try site.run("config set weather.apiKey k")
    for file in try FileManager.default.contentsOfDirectory(atPath: "\(Self.data)/owm")
    where !file.hasPrefix("one_call") && !file.hasPrefix("observation") {
      server.on("/forecast", .answers(try .init(file: "\(Self.data)/owm/\(file)")))
      #expect(failure("weather refresh --force").contains("no current temperature"), "\(file)")
    }
  }

  static let data =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path + "/shared/data/weather"

  @Test func namesOfBeforeTwentyTwentyThreeAreRead() throws {
    serve(
      """
      {"utc_offset_seconds": 0, "current_weather": {"temperature": -3.5, "windspeed": 7, "weathercode": 71,
        "time": "2026-08-08T18:00", "is_day": 1},
       "daily": {"time": ["2026-08-09"], "weathercode": [3], "temperature_2m_max": [1], "temperature_2m_min": [-9]}}
      """)
    try site.run("weather refresh")
    #expect(
      try site.run("weather show --fields temperature,condition,wind --format csv").contains(
        "-3.5,light snow,7.0"))
    #expect(try site.run("weather show --days 1 --lang vi --field condition") == "nhiều mây\n")
  }

  @Test func thePluginConforms() throws {
    let problems = try Conformance.problems(of: WeatherPlugin())
    #expect(problems == [], "\(problems)")
    for spec in site.table.commands.map(\.spec) where spec.noun == "weather" {
      #expect(!spec.examples.isEmpty)
      for example in spec.examples {
        _ = try site.table.grammar.parse(words: Array(Line.parse(example).words.dropFirst()))
      }
    }
  }
}
