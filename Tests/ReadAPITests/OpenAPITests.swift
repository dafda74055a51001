import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing
import Web

/// The document says what the API answers, and the API answers what the document says.
struct OpenAPITests {
  let api: SiteAPI
  let document: FieldMap
  var schema: JSONSchema { JSONSchema(document: document) }

  init() throws {
    api = try SiteAPI.demo()
    document = try api.document()
  }

  @Test func theDocumentIsOne() {
    #expect(OpenAPIStructure(document).problems == [])
  }

  /// What the document says of the answer at a path.
  private func declared(_ path: String, _ status: String = "200") throws -> FieldMap {
    let operation = try #require(document["paths"]?.map?[path]?.map?["get"]?.map, "\(path)")
    let content = operation["responses"]?.map?[status]?.map?["content"]?.map
    return try #require(content?["application/json"]?.map?["schema"]?.map)
  }

  @Test func everyAnswerOfTheDemoIsAsTheDocumentSays() throws {
    let index = try api.get("/api/")
    #expect(schema.problems(of: index, try declared("/api/")) == [])
    let nouns = index["nouns"]?.list.compactMap { $0["noun"]?.text } ?? []
    #expect(Set(nouns) == Set(api.site.site.registry.pages.keys))
    for noun in nouns {
      let list = try api.get("/api/\(noun)?limit=100")
      #expect(schema.problems(of: list, try declared("/api/\(noun)")) == [], "\(noun)")
      let items = list["items"]?.list ?? []
      #expect(!items.isEmpty, "the demo has no \(noun)")
      for item in items {
        let path = try #require(item["api"]?.text)
        let whole = try api.get(path)
        #expect(schema.problems(of: whole, try declared("/api/\(noun)/{name}")) == [], "\(path)")
        let uid = try #require(item["uid"]?.text)
        #expect(try api.get("/api/\(noun)/\(uid)") == whole)
      }
    }
    let found = try api.get("/api/search?q=nuoc+sach")
    #expect(schema.problems(of: found, try declared("/api/search")) == [])
    #expect(found["items", 0, "snippetHTML"]?.text?.contains("<mark>") == true)
  }

  @Test func everyParameterAnswers() throws {
    for (path, item) in document["paths"]?.map?.entries ?? [] where !path.contains("{") {
      let parameters = item["get", "parameters"]?.list ?? []
      for parameter in parameters {
        let name = try #require(parameter["name"]?.text)
        for value in try examples(of: parameter, at: path) {
          let query = path == "/api/search" && name != "q" ? "q=xa&\(name)=\(value)" : "\(name)=\(value)"
          let answer = try api.get("\(path)?\(query)")
          #expect(schema.problems(of: answer, try declared(path)) == [], "\(path)?\(query)")
        }
      }
    }
  }

  /// Values that a parameter takes, percent-encoded.
  private func examples(of parameter: FieldValue, at path: String) throws -> [String] {
    let name = try #require(parameter["name"]?.text)
    let schema = try #require(parameter["schema", "items"] ?? parameter["schema"])
    if let choices = schema["enum"]?.list { return choices.compactMap(\.text) }
    switch schema["type"] {
    case .text("integer"): return [schema["minimum"], schema["maximum"]].map { "\($0?.integer ?? 1)" }
    case .text("number"): return ["0.5"]
    case .text("boolean"): return ["true", "false"]
    default: break
    }
    if schema["anyOf"] != nil { return ["2026-01-01", "2026-01-01T00:00:00Z"] }
    if name == "cursor" {
      let next = try api.get("\(path)?limit=1")["next"]?.text
      return next.map { [String($0.split(separator: "cursor=")[1])] } ?? []
    }
    let noun = String(path.dropFirst(5))
    let field = name.split(separator: ".").first.map(String.init) ?? name
    let target = field == "tags" ? "tag" : api.site.site.registry.shape(noun)?[field]?.kind.target
    guard let target else { return ["490%2FQ%C4%90-TTg"] }
    return try [#require(api.get("/api/\(target)?limit=1")["items", 0, "slug"]?.text)]
  }

  @Test func whatOneSideLacksIsFound() throws {
    let poll = try api.get("/api/poll/viec-can-lam-truoc-nam-2027")
    let form = try declared("/api/poll/{name}")
    var more = try #require(poll.map)
    more.append("contact", .text("0912"))
    #expect(schema.problems(of: .map(more), form) == ["$: has contact, which is not declared"])
    var fewer = try #require(poll.map)
    fewer["view"] = nil
    #expect(schema.problems(of: .map(fewer), form) == ["$: lacks view"])
    var other = try #require(poll.map)
    other["published"] = .text("hôm qua")
    #expect(schema.problems(of: .map(other), form) == ["$.published: “hôm qua” is no date-time"])
    other["published"] = .integer(5)
    #expect(schema.problems(of: .map(other), form).count == 1)
  }

  @Test func everyProblemIsOneSentence() throws {
    let form = try #require(document["components"]?.map?["schemas"]?.map?["Problem"]?.map)
    for (target, status) in [
      ("/api/article?colour=red", 400), ("/api/article?limit=0", 400), ("/api/article?limit=101", 400),
      ("/api/article?limit=1&limit=2", 400), ("/api/article?order=size", 400), ("/api/search", 400),
      ("/api/search?q=a&noun=user", 400), ("/api/?x=1", 400), ("/api/article/nowhere", 404),
      ("/api/user", 404),
      ("/api/block", 404), ("/api/banner", 404), ("/api/a/b/c", 404),
    ] {
      let response = try api.response(target)
      #expect(response.status == status, "\(target)")
      #expect(response.headers["Content-Type"] == "application/problem+json")
      #expect(response.headers["Access-Control-Allow-Origin"] == "*")
      let problem = try api.get(target, status)
      #expect(schema.problems(of: problem, form) == [])
      #expect(problem["status"]?.integer == Int64(status))
      #expect(problem["detail"]?.text?.hasSuffix(".") == true, "\(target)")
    }
    let posted = try api.response("/api/article", .post)
    #expect(posted.status == 405 && posted.headers["Allow"] == "GET, HEAD")
  }
}
