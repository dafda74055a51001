import Foundation
import SenKernel

/// What questions are about, and where citizens ask them.
struct QuestionGroup: Content {
  static let name = "questiongroup"
  static let help = "What questions are about"
  static let isStructure = true
  static let fields: [Field<QuestionGroup>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<QuestionGroup>.atMost(200)),
    Field("description", \.description, .searchable, .lead, help: "What may be asked here, and who answers"),
    Field("isOpen", \.isOpen, help: "Whether questions are taken"),
  ]
  var title = ""
  var description = ""
  var isOpen = true
}

/// A citizen's question and an editor's answer; in review until it is answered and published.
struct Question: Content {
  static let name = "question"
  static let help = "Citizens' questions with their answers"
  static let fields: [Field<Question>] = [
    Field("question", \.question, .title, .required, .searchable, check: Field<Question>.atMost(300)),
    Field("text", \.text, .searchable, .lead, help: "The question at length"),
    Field("group", \.group, .section, help: "What it is about"),
    Field("asker", \.asker, help: "Who asks, as published with the question"),
    Field("place", \.place, help: "Where they live, as published with the question"),
    Field("contact", \.contact, .confidential, help: "How to reach them; visitors never see it"),
    Field("answeredBy", \.answeredBy, help: "Who answered"),
    Field("answeredAt", \.answeredAt, help: "When it was answered"),
    Field("answer", \.answer, .body, .searchable, help: "The answer"),
  ]

  var question = ""
  var text = ""
  var group: Reference<QuestionGroup>?
  var asker = ""
  var place = ""
  var contact = ""
  var answeredBy = ""
  var answeredAt: Date?
  var answer = ""

  /// What is published has its answer.
  static let rule = Rule(of: Question.self) { _, new, _ in
    guard let new, new.envelope.state == .published, new.body.answer.fieldValue.isBlank else { return }
    throw Refusal(
      .invalid, "answer: a question is published with its answer", field: "answer",
      hint: "sen question answer \(new.envelope.id) --text … --publish")
  }
}

/// What a citizen fills in: `questiongroup ask nong-nghiep --title … --text …`.
struct Asked: Fielded {
  static let fields: [Field<Asked>] = [
    Field("title", \.title, .required, help: "The question in short", check: Field<Asked>.atMost(300)),
    Field("text", \.text, .body, help: "The question at length", check: Field<Asked>.atMost(5000)),
    Field("name", \.name, help: "Who asks; published with the question", check: Field<Asked>.atMost(100)),
    Field("place", \.place, help: "Where they live; published too", check: Field<Asked>.atMost(200)),
    Field(
      "contact", \.contact, help: "How to reach them; for the office alone, never published",
      check: Field<Asked>.atMost(200)),
  ]
  var title = ""
  var text = ""
  var name = ""
  var place = ""
  var contact = ""

  static let action = Action(
    "ask", of: QuestionGroup.self, input: Asked.self, help: "Asks a question, which editors see first",
    isForVisitors: true,
    examples: [
      "questiongroup ask chinh-sach --title 'Khi nào chi trả?' --name 'Ông An' --place 'Xã Bình Sơn'"
    ]
  ) { entry, asked, operation in
    guard entry.body.isOpen else {
      throw Refusal(.conflict, "“\(entry.envelope.title)” takes no questions")
    }
    var question = Question()
    (question.question, question.text) = (asked.title, asked.text)
    question.group = Reference(id: entry.envelope.id)
    (question.asker, question.place, question.contact) = (asked.name, asked.place, asked.contact)
    let made = try operation.create(question, state: .review)
    return "Asked question \(made.envelope.id) “\(made.envelope.title)”; it waits for an answer"
  }
}
