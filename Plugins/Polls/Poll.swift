import Foundation
import SenKernel

/// When visitors see how others voted.
enum ResultsShown: String, Choice { case always, afterVoting, afterClosing }

/// A question with answers to choose from.
struct Poll: Content {
  static let name = "poll"
  static let help = "Questions that readers vote on"
  static let fields: [Field<Poll>] = [
    Field("question", \.question, .title, .required, .searchable, check: Field<Poll>.atMost(300)),
    Field("options", \.options, .searchable, help: "The answers to choose from, in order"),
    Field("mostChoices", \.mostChoices, help: "How many of them one voter may choose"),
    Field("opens", \.opens, help: "No votes before this time"),
    Field("closes", \.closes, help: "No votes after this time"),
    Field("results", \.results, help: "When visitors see the results"),
  ]

  var question = ""
  var options: [String] = []
  var mostChoices = 1
  var opens: Date?
  var closes: Date?
  var results = ResultsShown.always

  func check() throws(Refusal) {
    guard options.count >= 2 else {
      throw Refusal(
        .invalid, "needs two or more", field: "options", hint: "Say --option twice.")
    }
    guard Set(options).count == options.count, !options.contains("") else {
      throw Refusal(.invalid, "each has to be another text", field: "options")
    }
    guard (1...options.count).contains(mostChoices) else {
      throw Refusal(.invalid, "has to be 1 to \(options.count)", field: "mostChoices")
    }
    if let opens, let closes, closes <= opens {
      throw Refusal(.invalid, "is not after opens", field: "closes")
    }
  }

  /// Refuses votes outside of its time.
  func checkOpen(at now: Date, _ site: Site) throws(Refusal) {
    if let opens, now < opens {
      throw Refusal(.conflict, "The poll is not open before \(site.text(of: opens))")
    }
    if let closes, now >= closes {
      throw Refusal(.conflict, "The poll closed at \(site.text(of: closes))")
    }
  }
}
