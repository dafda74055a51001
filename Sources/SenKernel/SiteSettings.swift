public import ContentModel
import Foundation

/// What is true of the whole site; changed by `config set`, carried by archives.
public struct SiteSettings: Fielded, Equatable {
  public static let fields: [Field<SiteSettings>] = [
    Field("title", \.title, .required, help: "The name of the site", check: Field<SiteSettings>.atMost(200)),
    Field("slogan", \.slogan, help: "The line below it"),
    Field("address", \.address, help: "Where visitors find it, such as https://nongthon.example.vn"),
    Field(
      "language", \.language, .required, help: "The language of what does not say its own",
      check: LanguageTag.check),
    Field("timeZone", \.timeZoneName, .required, help: "The zone that dates are typed and shown in") {
      (name: String) throws(Refusal) in
      guard TimeZone(identifier: name) != nil else {
        throw Refusal(.invalid, "“\(name)” is no time zone", hint: "Examples: Asia/Ho_Chi_Minh, UTC")
      }
    },
    Field("historyDays", \.historyDays, help: "How many days operations can be taken back", check: days),
    Field("historyMegabytes", \.historyMegabytes, help: "How much the journal keeps for that", check: days),
    Field("logDays", \.logDays, help: "How many days the log tells who did what", check: days),
  ]

  private static func days(_ count: Int) throws(Refusal) {
    guard (1...100_000).contains(count) else {
      throw Refusal(.invalid, "\(count) is not between 1 and 100000")
    }
  }

  public var title = "Sen"
  public var slogan = ""
  public var address: WebAddress?
  public var language = "vi"
  public var timeZoneName = "Asia/Ho_Chi_Minh"
  public var historyDays = 90
  public var historyMegabytes = 256
  public var logDays = 730

  public init() {}
}
