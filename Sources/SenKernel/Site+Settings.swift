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
    var faults: [SettingFault] = []
  }

  private let stored = Guarded(Stored())

  var site: SiteSettings { stored.withLock { $0.site } }
  var values: [String: FieldValue] { stored.withLock { $0.values } }
  var rows: [Site.SettingRow]? { stored.withLock { $0.rows } }
  var faults: [SettingFault] { stored.withLock { $0.faults } }

  /// What the journal keeps at a moment.
  func journalLimits(at now: Date) -> Journal.Limits {
    let site = site
    return Journal.Limits(
      bytes: site.historyMegabytes << 20, now: now, patches: 86_400 * Double(site.historyDays),
      log: 86_400 * Double(site.logDays))
  }

  func set(
    _ site: SiteSettings, _ values: [String: FieldValue], of rows: [Site.SettingRow]?, faults: [SettingFault]
  ) {
    stored.withLock { $0 = Stored(site: site, values: values, rows: rows, faults: faults) }
  }
}

extension SitePlace {
  /// The zone that the site's dates are shown in; nil where it is not there or cannot be asked.
  var timeZone: TimeZone? {
    let path = folder + "/site.db"
    guard !SiteDatabase.isEmpty(path),
      case .success(let stored) = Result(catching: {
        try SiteDatabase.glance(path) { try Site.storedSettings($0) }
      })
    else { return nil }
    let name = stored.first { $0.name == "timeZone" }?.value.text ?? SiteSettings().timeZoneName
    return TimeZone(identifier: name)
  }
}

extension Site {
  static let settingsShape = Shape(SiteSettings.self, name: "config", help: "The site's settings")

  /// The settings as this process last read them.
  public var settings: SiteSettings { settingsInForce.site }

  /// The zone that dates are typed and shown in.
  public var timeZone: TimeZone { TimeZone(identifier: settings.timeZoneName) ?? .gmt }

  /// Which operations can be taken back now.
  func journalReach(_ db: Database) throws -> Journal.Reach {
    try Journal.reach(settingsInForce.journalLimits(at: clock()), db)
  }

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

  /// Reads the settings anew; another process may have changed them. What cannot be used of them has its default, and
  /// `settingFaults` tells it.
  public func reloadSettings() throws {
    let rows: [SettingRow]
    do {
      // One statement needs no transaction, and mostly nothing has changed.
      // The writing connection takes less for it than the pool of readers.
      rows = try database.pool.writeWithoutTransaction { try Self.settingRows($0) }
    } catch let error as DatabaseError where Examination.isDamage(error) {
      return settingsInForce.set(SiteSettings(), [:], of: nil, faults: [.unreadable(error)])
    }
    guard rows != settingsInForce.rows else { return }
    let (values, faults) = Self.sound(rows, settingGroups)
    settingsInForce.set(
      try Shape.decode(SiteSettings.self, Self.values(of: Self.settingsShape, prefix: "", values)),
      Dictionary(values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }), of: rows,
      faults: faults)
  }

  /// The settings that are stored and cannot be used, so that their defaults hold.
  public var settingFaults: [SettingFault] { settingsInForce.faults }

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

  /// What has been set, by name, in the order of names; the rest has its default. Dates are texts. What is no JSON is
  /// left out; `sound` tells it.
  static func storedSettings(_ db: Database) throws -> [(name: String, value: FieldValue)] {
    try settingRows(db).compactMap { row in row.value.map { (row.name, $0) } }
  }

  /// The values of rows, without those that no shape takes; and what is wrong with these.
  static func sound(
    _ rows: [SettingRow], _ groups: [(prefix: String, shape: Shape)]
  ) -> (values: [(name: String, value: FieldValue)], faults: [SettingFault]) {
    var faults = rows.filter { $0.value == nil }.map { SettingFault.noJSON($0, groups) }
    var values = rows.compactMap { row in row.value.map { (name: row.name, value: $0) } }
    for (prefix, shape) in groups {
      let stored = values.filter {
        $0.name.hasPrefix(prefix) && shape[String($0.name.dropFirst(prefix.count))] != nil
      }
      guard !stored.isEmpty else { continue }
      let given = Self.values(of: shape, prefix: prefix, stored)
      let (used, wrong) = shape.sound(given)
      guard !wrong.isEmpty else { continue }
      // Values that are wrong only together name no field: all that differ from what is used are told.
      for (name, _) in stored {
        guard let index = shape.index[String(name.dropFirst(prefix.count))], used[index] != given[index]
        else { continue }
        let field = shape.fields[index]
        let reason = wrong.first { $0.field == field.name } ?? wrong[0]
        faults.append(SettingFault(name, reason.message, field))
        values.removeAll { $0.name == name }
      }
    }
    return (values, faults)
  }

  /// A setting as the database has it: its value is JSON.
  struct SettingRow: Equatable {
    let name: String
    let json: String

    /// Its value; nil where it is no JSON.
    var value: FieldValue? { try? JSONReader.value(Array(json.utf8)) }
  }

  static func settingRows(_ db: Database) throws -> [SettingRow] {
    try Row.fetchAll(db.cachedStatement(sql: "SELECT name, value FROM setting ORDER BY name"))
      .map { SettingRow(name: $0[0], json: $0[1]) }
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
      // Another one that cannot be used keeps nobody from setting this one.
      var stored = Site.sound(try Site.settingRows(db), site.settingGroups).values.filter { $0.name != name }
      if let value { stored.append((name, value)) }
      _ = try group.shape.check(Site.values(of: group.shape, prefix: group.prefix, stored))
    } catch let complaints as Complaints {
      throw complaints.refusal
    }
  }
}
