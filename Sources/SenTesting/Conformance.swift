import ContentModel
public import SenKernel
import Storage

/// Checks that every plugin has to pass, a first-party one as a third party's.
public enum Conformance {
  /// What is wrong with `plugin`; empty if nothing is.
  ///
  /// Looked at: names that nobody else has; help for everything that people meet; every verb of every noun with an
  /// example that is one; the tables against the declarations; texts that have broken software before through every
  /// field, setting, option and action; every item, side row and setting in an archive and back, with the same bytes,
  /// and the items in the open formats.
  /// - Parameters:
  ///   - others: plugins whose content types this one refers to.
  ///   - more: texts to try beside those that are known here.
  public static func problems(
    of plugin: any Plugin, with others: [any Plugin] = [], texts more: [String] = []
  ) throws -> [String] {
    let test: TestSite
    do {
      test = try TestSite(others + [plugin])
    } catch let refusal as Refusal {
      return [refusal.message]
    }
    return try names(plugin, test) + help(plugin) + commands(plugin, test) + drift(plugin, test)
      + naughty(plugin, texts + more, test) + roundTrip(plugin, others, test)
  }

  static func drift(_ plugin: any Plugin, _ test: TestSite) throws -> [String] {
    try test.site.read {
      try Schema.drift($0, shapes: plugin.contentTypes, sideTables: plugin.sideTables, tellsMore: true)
    }
  }
}
