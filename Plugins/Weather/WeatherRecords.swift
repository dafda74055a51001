import Foundation
import GRDB
import SenKernel

/// What has been observed and foretold, kept for ever.
enum WeatherRecords {
  static let observations = SideTable(
    "weatherObservation", of: Place.name, help: "What providers said of the current weather: °C, %, km/h",
    columns: [
      .init("at", .date), .init("temperature", .real), .init("code", .integer, isRequired: false),
      .init("humidity", .real, isRequired: false), .init("wind", .real, isRequired: false),
      .init("isDay", .bool, isRequired: false), .init("fetchedAt", .date), .init("provider", .text),
    ], unique: [["itemId", "at", "provider"]])
  static let days = SideTable(
    "weatherDay", of: Place.name, help: "Days ahead, as last foretold: °C, mm",
    columns: [
      .init("day", .text), .init("code", .integer, isRequired: false), .init("low", .real, isRequired: false),
      .init("high", .real, isRequired: false), .init("rain", .real, isRequired: false),
      .init("fetchedAt", .date),
    ], unique: [["itemId", "day"]])

  static func store(
    _ observation: Observation, by provider: ProviderName, of id: Int64, _ operation: SenKernel.Operation
  )
    throws
  {
    let now = Timestamp.text(operation.now)
    try operation.db.execute(
      sql: """
        INSERT OR REPLACE INTO weatherObservation
          (itemId, at, temperature, code, humidity, wind, isDay, fetchedAt, provider)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, Timestamp.text(observation.at), observation.temperature, observation.code, observation.humidity,
        observation.wind, observation.isDay, now, provider.rawValue,
      ])
    for day in observation.days {
      try operation.db.execute(
        sql: """
          INSERT OR REPLACE INTO weatherDay (itemId, day, code, low, high, rain, fetchedAt)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """, arguments: [id, day.day, day.code, day.low, day.high, day.rain, now])
    }
  }

  /// The newest observation of a place, with who made it.
  static func last(of id: Int64, _ db: Database) throws -> (observation: Observation, by: ProviderName)? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT at, temperature, code, humidity, wind, isDay, provider FROM weatherObservation
          WHERE itemId = ? ORDER BY at DESC, fetchedAt DESC LIMIT 1
          """), arguments: [id])
    guard let row, let at = Timestamp.date(row[0] as String) else { return nil }
    return (
      Observation(
        at: at, temperature: row[1], code: row[2], humidity: row[3], wind: row[4], isDay: row[5]),
      ProviderName(rawValue: row[6]) ?? .openMeteo
    )
  }

  /// Days from `day` on, in order.
  static func days(of id: Int64, from day: String, _ count: Int, _ db: Database) throws -> [ForecastDay] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT day, code, low, high, rain FROM weatherDay WHERE itemId = ? AND day >= ? ORDER BY day LIMIT ?
          """), arguments: [id, day, count]
    ).map { ForecastDay(day: $0[0], code: $0[1], low: $0[2], high: $0[3], rain: $0[4]) }
  }
}
