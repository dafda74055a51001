import Foundation
import Gallery
import Pictures
import Rendering
import SenKernel
import SenTesting
import Testing

/// What visitors see of albums and photos.
struct GalleryViewTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let site: TestSite

  /// An album of four photos in their places a, b, c, d, of which c is a draft, and a photo in none.
  init() throws {
    site = try TestSite([GalleryPlugin()]) { [clock] in clock.now }
    try site.run("album create 'Lễ hội lúa' --slug le-hoi --state published")
    for (index, name) in ["d", "c", "b", "a", "le"].enumerated() {
      let path = "\(site.folder)/\(name).jpg"
      try GDWorkshop().draw(seed: UInt64(index), width: 60, height: 40).write(to: URL(filePath: path))
      clock.move(by: 60)
      let album = name == "le" ? "" : "--album le-hoi"
      let state = name == "c" ? "draft" : "published"
      try site.run("photo create 'Ảnh \(name)' --slug \(name) --file \(path) \(album) --state \(state)")
    }
    for name in ["d", "c", "b", "a"] { try site.run("photo move \(name) --position 1") }
  }

  @Test func anAlbumListsItsPhotosInTheirPlaces() throws {
    #expect(try site.listing(ofPage: "album", "le-hoi") == ["a", "b", "d"])
    #expect(try site.view(ofPage: "album", "le-hoi")?.text == "{cover: photo:a}")
    try site.run("album set le-hoi cover=d")
    #expect(try site.view(ofPage: "album", "le-hoi")?.text == "{cover: photo:d}")
    // A cover that nobody may see stands for nothing.
    try site.run("album set le-hoi cover=c")
    #expect(try site.view(ofPage: "album", "le-hoi")?.text == "{cover: photo:a}")
  }

  @Test func theNewestAlbumComesFirstAndOneWithoutPhotosHasNoCover() throws {
    clock.move(by: 60)
    try site.run("album create 'Hội chợ' --slug hoi-cho --state published")
    try site.run("album create 'Nháp' --slug nhap")
    #expect(try site.index(of: "album") == ["hoi-cho", "le-hoi"])
    #expect(try site.view(ofPage: "album", "hoi-cho")?.text == "{}")
    #expect(try site.view(ofPage: "album", "nhap") == nil)
  }

  @Test(arguments: [
    ("a", "{count: 3, next: photo:b, number: 1}"),
    ("b", "{count: 3, next: photo:d, number: 2, previous: photo:a}"),
    ("d", "{count: 3, number: 3, previous: photo:b}"), ("le", "{}"),
  ])
  func aPhotoKnowsItsNeighbours(_ slug: String, _ text: String) throws {
    #expect(try site.view(ofPage: "photo", slug)?.text == text)
  }

  @Test func neighboursWithoutAPlaceComeLast() throws {
    for name in ["e", "f"] {
      try site.run(
        "photo create 'Ảnh \(name)' --slug \(name) --file \(site.folder)/a.jpg --album le-hoi --state published"
      )
    }
    let order = try #require(try site.listing(ofPage: "album", "le-hoi"))
    for (index, slug) in order.enumerated() {
      let view = try #require(try site.view(ofPage: "photo", slug))
      #expect(view.text("number") == "\(index + 1)" && view.text("count") == "\(order.count)")
      #expect(view.text("previous") == (index > 0 ? "photo:\(order[index - 1])" : nil))
      #expect(view.text("next") == (index + 1 < order.count ? "photo:\(order[index + 1])" : nil))
    }
    #expect(order.count == 5)
  }

  @Test func aHiddenAlbumIsNotToldByItsPhotos() throws {
    try site.run("album unpublish le-hoi")
    #expect(try site.view(ofPage: "photo", "b")?.text == "{}")
    #expect(try site.view(ofPage: "photo", "c") == nil)
    #expect(try site.view(ofBlock: "gallery", "album=le-hoi") == nil)
  }

  @Test func anAlbumIsShownByItsFirstPhoto() throws {
    try site.run("photo set a alt='Ruộng lúa'")
    try site.run("photo regenerate --all")
    let text = "{{#items}}{{title}}: {{#picture}}{{alt}}{{/picture}}{{/items}}"
    #expect(try site.page(.list(noun: "album"), "list-album", text).contains("Lễ hội lúa: Ruộng lúa"))
  }

  @Test func theBlockShowsTheNewestPhotos() throws {
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "gallery", "count=3", trace: trace)?.text
        == "{items: [photo:le, photo:a, photo:b]}")
    #expect(trace.nouns.contains("photo"))
    #expect(
      try site.view(ofBlock: "gallery", "album=le-hoi")?.text
        == "{items: [photo:a, photo:b, photo:d], more: album:le-hoi}")
    try site.run("photo delete a b d le --yes")
    #expect(try site.view(ofBlock: "gallery") == nil)
    #expect(try site.view(ofBlock: "gallery", "album=le-hoi") == nil)
  }
}
