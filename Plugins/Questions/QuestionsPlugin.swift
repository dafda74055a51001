public import SenKernel

/// Questions that citizens ask, and editors answer and publish.
public struct QuestionsPlugin: Plugin {
  public let name = "questions"
  public let help = "Questions that citizens ask, and editors answer"
  public let contentTypes = [Shape(QuestionGroup.self), Shape(Question.self)]
  public let actions = [Asked.action]
  public let commands = QuestionCommands.all
  public let rules = [Question.rule]
  public let pages = QuestionViews.pages
  public let blocks = [QuestionViews.block]

  public init() {}
}

/// Which questions a block shows.
struct QuestionsBlock: Fielded {
  static let fields: [Field<QuestionsBlock>] = [
    Field("group", \.group, help: "Only those of it; all if empty"),
    Field("count", \.count, help: "How many") { (count: Int) throws(Refusal) in
      guard (1...100).contains(count) else { throw Refusal(.invalid, "has to be 1 to 100") }
    },
  ]
  var group: Reference<QuestionGroup>?
  var count = 5
}
