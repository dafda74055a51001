public import ContentModel
import Formats
public import Foundation
import GRDB
import Storage

/// The settings as last read; a site is a value, and all its copies see the same.
final class SettingsInForce: Sendable {
  private struct Stored {
    var site = SiteSettings()
    var values: [String: FieldValue] = [:]
    var rows: [Site.SettingRow]?
  }

  private let stored = Guarded(Stored())

  var site: SiteSettings { stored.withLock { $0.site } }
  var values: [String: FieldValue] { stored.withLock { $0.values } }
  var rows: [Site.SettingRow]? { stored.withLock { $0.rows } }

  /// What the journal keeps at a moment.
  func journalLimits(at now: Date) -> Journal.Limits {
    let site = site
    return Journal.Limits(
      bytes: site.historyMegabytes << 20, now: now, patches: 86_400 * Double(site.historyDays),
      log: 86_400 * Double(site.logDays))
  }

  func set(_ site: SiteSettings, _ values: [String: FieldValue], of rows: [Site.SettingRow]) {
    stored.withLock { $0 = Stored(site: site, values: values, rows: rows) }
  }
}

extension Site {
  static let settingsShape = Shape(SiteSettings.self, name: "config", help: "The site's settings")

  /// The settings as this process last read them.
  public var settings: SiteSettings { settingsInForce.site }

  /// The zone that dates are typed and shown in.
  public var timeZone: TimeZone { TimeZone(identifier: settings.timeZoneName) ?? .gmt }

  /// A moment as messages say it: `2026-11-25 11:38`, in the site's time zone.
  public func text(of date: Date) -> String {
    PeopleStyle(timeZone: timeZone, language: .en).text(.date(date))
  }

  /// The settings of a plugin, under the name of their shape.
  public func settings<Settings: Fielded>(_ type: Settings.Type, of name: String) throws -> Settings {
    let values = settingsInForce.values
    return try Shape.decode(
      type,
      zip(Settings.fields, Shape.encode(Settings())).map { values["\(name).\($0.name)"] ?? $1 })
  }

  /// Reads the settings anew; another process may have changed them.
  public func reloadSettings() throws {
    // One statement needs no transaction, and mostly nothing has changed.
    // The writing connection takes less for it than the pool of readers.
    let rows = try database.pool.writeWithoutTransaction { try Self.settingRows($0) }
    guard rows != settingsInForce.rows else { return }
    let values = try Self.values(rows)
    settingsInForce.set(
      try Shape.decode(SiteSettings.self, Self.values(of: Self.settingsShape, prefix: "", values)),
      Dictionary(values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }), of: rows)
  }

  /// Every setting there is: its name (`title`, `weather.provider`), its field, its value.
  func allSettings() -> [(name: String, field: FieldShape, value: FieldValue)] {
    let stored = settingsInForce.values
    return settingGroups.flatMap { prefix, shape in
      shape.fields.map { (prefix + $0.name, $0, stored[prefix + $0.name] ?? $0.initial) }
    }
  }

  /// The shapes of settings with what their names begin with.
  var settingGroups: [(prefix: String, shape: Shape)] {
    [("", Self.settingsShape)] + registry.settings.map { ("\($0.name).", $0) }
  }

  static func values(
    of shape: Shape, prefix: String, _ stored: [(name: String, value: FieldValue)]
  ) -> [FieldValue] {
    var values = shape.initialValues
    for (name, value) in stored where name.hasPrefix(prefix) {
      if let index = shape.index[String(name.dropFirst(prefix.count))] { values[index] = value }
    }
    return values
  }

  /// What has been set, by name, in the order of names; the rest has its default. Dates are texts.
  static func storedSettings(_ db: Database) throws -> [(name: String, value: FieldValue)] {
    try values(settingRows(db))
  }

  /// A setting as the database has it: its value is JSON.
  struct SettingRow: Equatable {
    let name: String
    let json: String
  }

  private static func settingRows(_ db: Database) throws -> [SettingRow] {
    try Row.fetchAll(db.cachedStatement(sql: "SELECT name, value FROM setting ORDER BY name"))
      .map { SettingRow(name: $0[0], json: $0[1]) }
  }

  private static func values(_ rows: [SettingRow]) throws -> [(name: String, value: FieldValue)] {
    try rows.map { ($0.name, try JSONReader.value(Array($0.json.utf8))) }
  }
}

extension Operation {
  /// Sets a setting, or takes it back to its default; all settings of its group are checked together.
  public func set(setting name: String, to value: FieldValue?) throws {
    try require(.configure, "change the settings")
    let group = site.settingGroups.last { prefix, shape in
      name.hasPrefix(prefix) && shape[String(name.dropFirst(prefix.count))] != nil
    }
    guard let group else {
      let names = site.allSettings().map(\.name)
      throw Refusal(
        .notFound, "There is no setting “\(name)”", field: name,
        hint: "There are: \(names.joined(separator: ", "))")
    }
    if let value {
      var json: [UInt8] = []
      try JSONWriter.append(value, to: &json)
      try db.execute(
        sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
        arguments: [name, String(decoding: json, as: UTF8.self)])
    } else {
      try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
    }
    do {
      let stored = try Site.storedSettings(db)
      _ = try group.shape.check(Site.values(of: group.shape, prefix: group.prefix, stored))
    } catch let complaints as Complaints {
      throw complaints.refusal
    }
  }
}
