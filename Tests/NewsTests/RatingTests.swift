import Foundation
import News
import SenKernel
import SenTesting
import Testing

struct RatingTests {
  let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin()])
    try site.run("article create 'Đường làng' --state published")
  }

  private func ratings() throws -> String {
    String(
      try site.run("article ratings @last --format csv").replacing("\r", with: "").split(separator: "\n")[1])
  }

  @Test func ratingsAreAveragedToOneDecimal() throws {
    #expect(try ratings() == ",0,0,0,0,0,0,0")
    try site.run("article rate @last --points 5 --voter an")
    try site.run("article rate @last --points 4 --voter bình")
    try site.run("article rate @last --points 4")
    #expect(try ratings() == "4.3,3,1,2,0,0,0,0")
  }

  @Test func eachVoterRatesOnceAndWithinBounds() throws {
    try site.run("article rate @last --points 5 --voter an")
    #expect(site.refusal("article rate @last --points 1 --voter an")?.code == .conflict)
    #expect(site.refusal("article rate @last --points 6")?.field == "points")
    #expect(site.refusal("article rate @last --points 0")?.field == "points")
    #expect(site.refusal("article rate @last")?.field == "points")
    #expect(try ratings() == "5,1,1,0,0,0,0,0" || ratings() == "5.0,1,1,0,0,0,0,0")
  }

  @Test func anArticleMayRefuseRatings() throws {
    try site.run("article set @last allowRating=false")
    #expect(site.refusal("article rate @last --points 5")?.code == .conflict)
  }

  @Test func ratingsFromElsewhereCountInTheAverage() throws {
    try site.run("article rate @last --points 5 --voter an")
    try site.site.write { operation in
      try #require(operation.site.registry.sideTables.first { $0.name == "articleRatingCarried" })
        .insert(["points": .integer(10), "votes": .integer(3)], of: 1, operation.db)
    }
    #expect(try ratings().hasPrefix("3.8,4,1,0,0,0,0,3"))
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([NewsPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("article ratings @last --field ratings") == "4\n")
  }

  @Test func theNewsConform() throws {
    #expect(try Conformance.problems(of: NewsPlugin()) == [])
  }
}
