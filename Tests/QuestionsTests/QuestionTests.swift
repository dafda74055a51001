import Foundation
import Questions
import SenKernel
import SenTesting
import Testing

struct QuestionTests {
  let site: TestSite

  init() throws {
    site = try TestSite([QuestionsPlugin()]) { Date(timeIntervalSince1970: 1_795_000_000) }
    try site.run("questiongroup create 'Chính sách' --state published")
    try site.run(
      "questiongroup ask chinh-sach --title 'Khi nào chi trả?' --text 'Từ tháng nào?' --name 'Ông An' "
        + "--place 'Xã Bình Sơn' --contact '0900 000 000'")
  }

  @Test func whatCitizensAskWaitsForAnEditor() throws {
    try site.run("questiongroup ask chinh-sach --title 'Câu sau?'")
    let queue = try site.run("question queue --fields question,group,asker,isAnswered --format csv")
    #expect(
      queue.replacing("\r", with: "")
        == "question,group,asker,isAnswered\nKhi nào chi trả?,chinh-sach,Ông An,false\n"
        + "Câu sau?,chinh-sach,\"\",false\n")
    #expect(try site.run("question list --filter 'state=published' --format count") == "0\n")
  }

  @Test func anAnswerSaysWhoAndWhenAndPublishes() throws {
    try site.run("question answer khi-nao-chi-tra --text -", input: "Trong quý I.")
    #expect(
      try site.run("question show khi-nao-chi-tra --field answer").hasPrefix("Trong quý I."))
    #expect(try site.run("question queue --field isAnswered") == "true\n")
    try site.run("question answer khi-nao-chi-tra --text 'Trong quý II.' --publish")
    #expect(try site.run("question queue") == "" || !site.run("question queue").contains("chi trả"))
    #expect(
      try site.run("question show khi-nao-chi-tra --format ndjson --fields state,answeredBy,answeredAt")
        == "{\"state\":\"published\",\"answeredBy\":\"tester\",\"answeredAt\":\"2026-11-18T11:06:40Z\"}\n")
  }

  @Test func noQuestionIsPublishedWithoutItsAnswer() throws {
    #expect(site.refusal("question publish khi-nao-chi-tra")?.field == "answer")
    #expect(site.refusal("question answer khi-nao-chi-tra --text ' '")?.field == "answer")
    #expect(site.refusal("question answer khi-nao-chi-tra")?.code == .usage)
  }

  @Test func aGroupMayBeClosedAndAQuestionHasToSayIt() throws {
    #expect(site.refusal("questiongroup ask chinh-sach --text 'Gì?'")?.field == "title")
    try site.run("questiongroup set chinh-sach isOpen=false")
    #expect(site.refusal("questiongroup ask chinh-sach --title 'Gì?'")?.code == .conflict)
  }

  @Test func theBlockKnowsItsGroup() throws {
    try site.run("block add questions --region sidebar --set group=chinh-sach --set count=3")
    #expect(site.refusal("block add questions --set group=khong-co") != nil)
  }

  @Test func thePluginConforms() throws {
    let problems = try Conformance.problems(of: QuestionsPlugin())
    #expect(problems == [])
  }
}
