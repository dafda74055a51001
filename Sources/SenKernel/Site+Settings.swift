public import Foundation

extension Site {
  /// The zone that dates are typed and shown in.
  public var timeZone: TimeZone { TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt }
}
