import ContentModel
import Formats
public import Foundation
import GRDB
import Synchronization

/// The settings as last read; a site is a value, and all its copies see the same.
final class SettingsInForce: Sendable {
  private let settings = Mutex(SiteSettings())

  var value: SiteSettings {
    get { settings.withLock { $0 } }
    set { settings.withLock { $0 = newValue } }
  }
}

extension Site {
  static let settingsShape = Shape(SiteSettings.self, name: "config", help: "The site's settings")

  /// The settings as this process last read them.
  public var settings: SiteSettings { settingsInForce.value }

  /// The zone that dates are typed and shown in.
  public var timeZone: TimeZone { TimeZone(identifier: settings.timeZoneName) ?? .gmt }

  /// Reads the settings anew; another process may have changed them.
  public func reloadSettings() throws {
    settingsInForce.value = try read { try Self.settings(in: $0) }
  }

  static func settings(in db: Database) throws -> SiteSettings {
    var values = settingsShape.initialValues
    for (name, value) in try storedSettings(db) {
      if let index = settingsShape.index[name] { values[index] = value }
    }
    return try Shape.decode(SiteSettings.self, values)
  }

  /// What has been set, by name, in the order of names; the rest has its default.
  static func storedSettings(_ db: Database) throws -> [(name: String, value: FieldValue)] {
    try Row.fetchAll(db, sql: "SELECT name, value FROM setting ORDER BY name").map { row in
      (row[0], try JSONReader.value(Array((row[1] as String).utf8)))
    }
  }
}

extension Operation {
  /// Sets a setting, or takes it back to its default; all settings are checked together.
  public func set(setting name: String, to value: FieldValue?) throws {
    guard Site.settingsShape[name] != nil else {
      let names = Site.settingsShape.fields.map(\.name)
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
      _ = try Site.settings(in: db)
    } catch let complaints as Complaints {
      throw complaints.refusal
    }
  }
}
