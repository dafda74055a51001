import Foundation
import News
import SenKernel
import Storage
import Testing

@Suite struct OperationTests {
  let site: Site

  init() throws {
    let registry = try Registry([NewsPlugin()])
    site = try Site(folder: "/nonexistent", database: SiteDatabase(), registry: registry, actor: "lan")
  }

  @discardableResult
  func create(_ noun: String, _ title: String, _ values: [String: FieldValue] = [:]) throws -> Item {
    try site.write { operation in
      var item = try operation.blank(noun)
      let shape = try site.shape(noun)
      item.values[shape.index["title"]!] = .text(title)
      for (name, value) in values { item.values[shape.index[name]!] = value }
      return try operation.create(item)
    }
  }

  @Test func slugsAreMadeNumberedAndRedirected() throws {
    let first = try create("article", "Hội nghị")
    let second = try create("article", "Hoi nghi")
    #expect([first, second].map(\.envelope.slug) == ["hoi-nghi", "hoi-nghi-2"])
    try site.write { operation in
      try operation.update(second.envelope.id) { $0.envelope.slug = "khac" }
      #expect(throws: Refusal.self) {
        try operation.update(second.envelope.id) { $0.envelope.slug = "hoi-nghi" }
      }
      #expect(throws: Refusal.self) { try operation.update(second.envelope.id) { $0.envelope.slug = "Á b" } }
    }
    let id = try site.read { try site.store.id(slug: "hoi-nghi-2", of: "article", $0) }
    #expect(id == second.envelope.id)
    #expect(try create("article", "🌾").envelope.slug.hasPrefix("article-"))
  }

  @Test func aTreeHasNoLoopsAndABranchMovesWithItsItems() throws {
    let a = try create("category", "A")
    let b = try create("category", "B", ["parent": .integer(a.envelope.id)])
    let c = try create("category", "C", ["parent": .integer(b.envelope.id)])
    let article = try create("article", "Tin", ["category": .integer(c.envelope.id)])
    let parent = try site.shape("category").index["parent"]!
    try site.write { operation in
      for id in [a, b, c].map(\.envelope.id) {
        #expect(throws: Refusal.self) {
          try operation.update(a.envelope.id) { $0.values[parent] = .integer(id) }
        }
      }
      try operation.update(b.envelope.id) { $0.values[parent] = .null }
      #expect(try operation.item(article.envelope.id) == article)
      #expect(throws: Refusal.self) { try operation.trash(c.envelope.id) }
      try operation.update(article.envelope.id) { item in
        item.values[try site.shape("article").index["category"] ?? 0] = .null
      }
      try operation.trash(c.envelope.id)
      try operation.restore(c.envelope.id)
      #expect(throws: Refusal.self) { try operation.restore(c.envelope.id) }
    }
  }

  @Test func aRefusedOperationLeavesNothing() throws {
    let item = try create("article", "Tin")
    #expect(throws: Refusal.self) {
      try site.write { operation in
        try operation.update(item.envelope.id) { $0.envelope.slug = "moi" }
        try operation.update(item.envelope.id) { $0.values[0] = .text(" ") }
      }
    }
    let dry = try site.write(isDryRun: true) { try $0.update(item.envelope.id) { $0.envelope.slug = "thu" } }
    #expect(dry.hasChanged)
    #expect(try site.read { try site.store.fetch(item.envelope.id, $0) } == item)
    #expect(throws: Refusal.self) { try create("article", "Tin", ["category": .integer(item.envelope.id)]) }
    #expect(throws: Refusal.self) { try create("article", "Tin", ["topic": .integer(99)]) }
  }

  @Test func everyChangeLeavesARevision() throws {
    let item = try create("article", "Một", ["body": .text("x")])
    let id = item.envelope.id
    try site.write { operation in
      try operation.update(id) { $0.values[0] = .text("Hai") }
      #expect(try operation.update(id) { $0.values[0] = .text("Hai") }.hasChanged == false)
      try operation.update(id) { $0.values[0] = .text("Ba") }
    }
    let revisions = try site.read { try site.store.revisions(of: id, $0) }
    #expect(revisions.map(\.item.envelope.title) == ["Một", "Hai"])
    #expect(revisions.first?.item == item)
    #expect(revisions.map(\.actor) == ["lan", "lan"])
  }

  @Test func tagsMerge() throws {
    let (one, two) = (try create("tag", "Lúa"), try create("tag", "lúa nước"))
    let article = try create("article", "Tin")
    try site.write { operation in
      try operation.update(article.envelope.id) { $0.tags = [one.envelope.id, two.envelope.id] }
      #expect(try operation.merge(tag: one.envelope.id, into: two.envelope.id) == 1)
      #expect(try operation.item(article.envelope.id).tags == [two.envelope.id])
    }
    #expect(try site.read { try site.store.id(slug: "lua", of: "tag", $0) } == two.envelope.id)
  }

  @Test func textIsKeptInNormalFormC() throws {
    let item = try create("article", "Hội nghị".decomposedStringWithCanonicalMapping)
    #expect(Array(item.envelope.title.utf8) == Array("Hội nghị".utf8))
  }
}
