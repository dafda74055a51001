public import SenKernel

/// Visits counted by day, without anybody's address.
public struct VisitsPlugin: Plugin {
  public let name = "visits"
  public let help = "Visits counted by day, without anybody's address"
  public let sideTables = VisitTables.all
  public let commands = VisitCommands.all
  public let blocks = [VisitTotals.block]

  public init() {}

  public func visitKeeper(_ site: Site) throws -> (any VisitKeeper)? { try VisitCounter(site) }
}
