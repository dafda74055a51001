import Foundation
import Questions
import Rendering
import SenKernel
import SenTesting
import Testing

/// What visitors see of questions.
struct QuestionViewTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let site: TestSite

  /// A group with two answered questions and one that waits, and an answered one in no group.
  init() throws {
    site = try TestSite([QuestionsPlugin()]) { [clock] in clock.now }
    try site.run("questiongroup create 'Chính sách' --slug chinh-sach --state published")
    for name in ["Một", "Hai", "Ba"] {
      try site.run("questiongroup ask chinh-sach --title '\(name)?' --name An --contact '0900 000 000'")
    }
    try site.run("question create 'Riêng?' --slug rieng")
    for slug in ["hai", "rieng", "mot"] {
      clock.move(by: 60)
      try site.run("question answer \(slug) --text 'Vâng.' --publish")
    }
  }

  @Test func aGroupListsWhatIsAnsweredAndTakesQuestionsWhileOpen() throws {
    #expect(try site.index(of: "questiongroup") == ["chinh-sach"])
    #expect(try site.listing(ofPage: "questiongroup", "chinh-sach") == ["mot", "hai"])
    #expect(
      try site.view(ofPage: "questiongroup", "chinh-sach")?.text
        == "{form: form(questiongroup chinh-sach ask)}")
    try site.run("questiongroup set chinh-sach isOpen=no")
    #expect(try site.view(ofPage: "questiongroup", "chinh-sach")?.text == "{}")
    try site.run("questiongroup unpublish chinh-sach")
    #expect(try site.view(ofPage: "questiongroup", "chinh-sach") == nil)
  }

  @Test func aQuestionShowsOthersOfItsGroup() throws {
    #expect(try site.view(ofPage: "question", "mot")?.text == "{others: [question:hai]}")
    #expect(try site.view(ofPage: "question", "rieng")?.text == "{}")
    #expect(try site.view(ofPage: "question", "ba") == nil)
    #expect(try site.index(of: "question") == ["mot", "rieng", "hai"])
    try site.run("questiongroup unpublish chinh-sach")
    #expect(try site.view(ofPage: "question", "mot")?.text == "{}")
  }

  @Test func theBlockShowsWhatWasAnsweredLast() throws {
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "questions", "count=2", trace: trace)?.text
        == "{items: [question:mot, question:rieng]}")
    #expect(trace.nouns.contains("question"))
    #expect(
      try site.view(ofBlock: "questions", "group=chinh-sach")?.text
        == "{items: [question:mot, question:hai], more: questiongroup:chinh-sach}")
    try site.run("question delete mot hai --yes")
    #expect(try site.view(ofBlock: "questions", "group=chinh-sach") == nil)
  }

  /// No template can show what a view does not hold.
  @Test func contactsNeverGetIntoAView() throws {
    try site.look { page in
      let listed = try page.items("question")
      let looked = try listed.compactMap { try page.item($0.envelope.id) }
      #expect(listed.count == 3 && looked.count == 3)
      for item in listed + looked {
        #expect(!item.values.contains(.text("0900 000 000")))
      }
    }
    #expect(try site.run("question show mot --field contact") == "0900 000 000\n")
    let text =
      "{{#item}}asker={{asker}} contact=[{{contact}}] {{#fields}}{{label}}: {{#values}}{{text}}{{/values}}; {{/fields}}{{/item}}"
    let shown = try site.page(.item(noun: "question", slug: "mot"), "page-question", text)
    #expect(shown.contains("asker=An contact=[]") && shown.contains(": tester;"))
    #expect(!shown.contains("0900"))
  }

  @Test func theFormOfAGroupIsSentToItsAction() throws {
    let text = "{{#form}}{{action}}{{#fields}} {{name}}{{/fields}}{{/form}}"
    let shown = try site.page(.item(noun: "questiongroup", slug: "chinh-sach"), "page-questiongroup", text)
    #expect(
      shown.contains("https://live.example.vn/questiongroup/chinh-sach/ask title text name place contact"))
  }
}
