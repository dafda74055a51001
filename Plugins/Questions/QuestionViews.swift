import SenKernel

/// What visitors see of questions and their answers.
enum QuestionViews {
  static let pages = [
    PageType(
      QuestionGroup.self, index: .inOrder(QuestionGroup.name),
      listing: { group, _ in Listing(.items(of: Question.name, where: isIn(group.envelope.id), order: latest))
      },
      view: { group, page in
        guard group.body.isOpen, let item = try page.item(group.envelope.id) else { return [:] }
        return ["form": .form(noun: QuestionGroup.name, action: Asked.action.name, on: item)]
      }),
    PageType(
      Question.self,
      index: Listing(.items(of: Question.name, where: nil, order: latest), hasFeeds: true),
      shows: [ViewField("others", .items, help: "Others of its group, those answered last first")],
      view: { question, page in
        guard let group = question.body.group, try page.item(group.id) != nil else { return [:] }
        let isOther = Condition.not(.ids([question.envelope.id]))
        let others = try page.items(
          Question.name, where: .all([isIn(group.id), isOther]), order: latest, limit: 5)
        return ["others": .items(others)]
      }),
  ]

  static let block = BlockType(
    "questions", help: "The questions answered last", options: QuestionsBlock.self
  ) { options, page in
    var view: View = [:]
    if let group = options.group {
      guard let item = try page.item(group.id) else { return nil }
      view["more"] = .item(item)
    }
    let questions = try page.items(
      Question.name, where: options.group.map { isIn($0.id) }, order: latest, limit: options.count)
    guard !questions.isEmpty else { return nil }
    view["items"] = .items(questions)
    return view
  }

  /// Those answered last first.
  private static let latest: [Query.Order] = [
    .init("answeredAt", descends: true), .init("publishAt", descends: true),
  ]

  private static func isIn(_ group: Int64) -> Condition { .compare("group", .equal, .integer(group)) }
}
