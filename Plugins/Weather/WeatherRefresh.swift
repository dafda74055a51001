import Foundation
import SenKernel

/// Asks the providers about places; what they said before stays where they fail.
struct WeatherRefresh {
  let site: Site
  let isForced: Bool
  private(set) var report: AskingReport
  /// Providers that could not be reached; their other places are not asked about now.
  private var unreachable: Set<String> = []

  init(_ site: Site, isForced: Bool, note: @escaping (String) -> Void) {
    (self.site, self.isForced) = (site, isForced)
    report = AskingReport(Place.name, of: site, note: note)
  }

  mutating func refresh(_ places: [Entry<Place>]) throws {
    let settings = try site.settings(WeatherSettings.self, of: "weather")
    for place in places {
      let provider = Provider.named(place.body.provider ?? settings.provider)
      // A mirror of one provider does not speak for the other.
      let mirror = provider.name == settings.provider ? settings.address : nil
      let base = mirror?.text ?? provider.address
      guard !unreachable.contains(base) else {
        report.add(place.body.title, FetchFailure("was not asked again, having given nothing just now", base))
        continue
      }
      guard !provider.needsKey || !settings.apiKey.isEmpty else {
        report.add(place.body.title, FetchFailure("wants a key: config set weather.apiKey KEY", base))
        continue
      }
      try ask(provider, at: base, settings, about: place)
    }
  }

  private mutating func ask(
    _ provider: Provider, at base: String, _ settings: WeatherSettings, about place: Entry<Place>
  ) throws {
    let key = settings.apiKey
    let source = "\(base)?\(provider.query(place.body))"
    let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    var request = FetchRequest(provider.needsKey ? "\(source)&appid=\(escaped)" : source)
    request.mostBytes = 1 << 20
    var hasAnswered = false
    do {
      let asked = try site.ask(
        request, of: source, every: Double(settings.interval) * 60, isForced: isForced
      ) { response in
        hasAnswered = true
        do {
          return try provider.parse(response, at: site.clock())
        } catch var refusal as Refusal {
          // Some services repeat the key that they refuse.
          if !key.isEmpty { refusal.message = refusal.message.replacing(key, with: "…") }
          throw refusal
        }
      }
      switch asked {
      case .answered(let observation):
        try site.write { operation in
          try WeatherRecords.store(observation, by: provider.name, of: place.envelope.id, operation)
        }
        report.add(refreshed: 1)
      case .tooSoon(let next, let failure):
        report.add(place.body.title, notBefore: next, after: failure)
      }
    } catch let failure as FetchFailure {
      if !hasAnswered { unreachable.insert(base) }
      // Whom it asked; what about, the place says.
      report.add(place.body.title, FetchFailure(failure.reason, base))
    }
  }
}
