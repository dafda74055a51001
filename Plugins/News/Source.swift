import SenKernel

/// Where articles are taken from: another paper, a ministry, an agency.
struct Source: Content {
  static let name = "source"
  static let help = "Papers and agencies that articles are taken from"
  static let isStructure = true
  static let fields: [Field<Source>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Source>.atMost(200)),
    Field("url", \.url, help: "Its web site"),
    Field("logo", \.logo, help: "Its sign"),
  ]

  var title = ""
  var url: WebAddress?
  var logo: MediaName?
}
