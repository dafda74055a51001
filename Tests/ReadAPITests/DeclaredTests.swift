import ContentModel
import SenKernel
import SenTesting
import Testing
import Web

/// What a plugin of a third party declares is given, and nothing else of what it has.
struct DeclaredTests {
  struct Recipe: Content {
    static let name = "recipe"
    static let help = "Dishes of the province"
    static let fields: [Field<Recipe>] = [
      Field("title", \.title, .title, .required), Field("minutes", \.minutes, .indexed),
      Field("steps", \.steps, .body), Field("supplier", \.supplier, .confidential),
      Field("key", \.key, .secret),
    ]
    var title = ""
    var minutes = 0
    var steps = ""
    var supplier = ""
    var key = ""
  }

  struct RecipesPlugin: Plugin {
    let name = "recipes"
    let help = "Recipes"
    let contentTypes = [Shape(Recipe.self)]
    let pages = [
      PageType(
        Recipe.self,
        shows: [
          ViewField("servings", .whole), ViewField("share", .number), ViewField("season", .text),
          ViewField("others", .items),
        ],
        view: { _, _ in
          [
            "servings": .number(4), "share": .number(1.0 / 3, decimals: 2), "season": .flag(true),
            "hidden": .text("BIMAT"),
          ]
        })
    ]
  }

  /// A noun whose pages would lie where the API is.
  struct Misnamed: Content {
    static let name = "api"
    static let help = ""
    static let fields: [Field<Misnamed>] = [Field("title", \.title, .title)]
    var title = ""
  }

  struct MisnamedPlugin: Plugin {
    let name = "misnamed"
    let help = ""
    let contentTypes = [Shape(Misnamed.self)]
  }

  @Test func theAPIHasWhatIsDeclared() throws {
    let site = try TestSite([RecipesPlugin()])
    try site.run(
      "recipe create 'Cá kho' --minutes 90 --steps 'Kho *lâu*.' --supplier BIMAT --state published")
    try site.run("recipe set @last key=BIMAT")
    try site.run("recipe create 'Cơm' --minutes 20 --state published")
    let api = try SiteAPI(site)
    let answer = try api.get("/api/recipe/ca-kho")
    #expect(answer["fields"]?.map?.names == ["title", "minutes", "steps"])
    #expect(answer["fields", "steps", "text"]?.text == "Kho lâu.")
    // What is of another kind than declared is not there.
    #expect(
      answer["view"]
        == .map(["servings": .integer(4), "share": .real(0.33), "season": .null, "others": .list([])]))
    let texts = try ["/api/recipe", "/api/recipe/ca-kho", "/api/openapi.json", "/api/search?q=bimat"].map {
      try api.response($0).text
    }
    for text in texts { #expect(!text.contains("BIMAT") && !text.contains("supplier")) }
    #expect(try api.slugs("/api/recipe?minutes.from=30") == ["ca-kho"])
    #expect(try api.slugs("/api/recipe?minutes.before=30") == ["com"])
    #expect(try api.slugs("/api/recipe?order=minutes") == ["com", "ca-kho"])
    #expect(try api.response("/api/recipe?supplier=BIMAT").status == 400)
    let document = try api.document()
    #expect(OpenAPIStructure(document).problems == [])
    let schema = try #require(document["components"]?.map?["schemas"]?.map?["recipe"]?.map)
    #expect(JSONSchema(document: document).problems(of: answer, schema) == [])
  }

  @Test func noContentTypeTakesTheAddressesOfTheAPI() {
    #expect { try Registry([MisnamedPlugin()]) } throws: { ($0 as? Refusal)?.code == .invalid }
  }
}
