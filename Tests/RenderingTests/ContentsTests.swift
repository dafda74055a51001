import SenKernel
import Testing

struct ContentsTests {
  @Test func sectionsStandBelowOneAnother() throws {
    let portal = try Portal()
    try portal.run("category create 'Nông nghiệp' --state published")
    try portal.run("category create 'Cây <lúa>' --parent nong-nghiep --state published")
    try portal.run("category create 'Lúa nếp' --parent cay-lua --state published")
    try portal.run("category create 'Nháp' --parent nong-nghiep --state draft")
    try portal.run("category create 'Dưới nháp' --parent nhap --state published")
    try portal.run("category create 'Xã hội' --state published")
    try portal.publish(1)
    let text = try portal.text("/site/").replacing("\n", with: "")
    #expect(text.contains("<li><a href=\"/article/\">Tin tức</a></li>"))
    #expect(text.contains("<h2><a href=\"/category/\">Chuyên mục</a></h2>"))
    let tree = """
      <ul class="tree"><li><a href="/category/nong-nghiep/">Nông nghiệp</a>
      <ul class="tree"><li><a href="/category/cay-lua/">Cây &lt;lúa&gt;</a>
      <ul class="tree"><li><a href="/category/lua-nep/">Lúa nếp</a></li></ul></li></ul></li>
      <li><a href="/category/duoi-nhap/">Dưới nháp</a></li>
      <li><a href="/category/xa-hoi/">Xã hội</a></li></ul>
      """
    #expect(text.contains(tree.replacing("\n", with: "")))
    #expect(!text.contains("/nhap/"))
  }

  @Test func anEmptySiteHasThePage() throws {
    let text = try Portal().text("/site/")
    #expect(text.contains("<h1>Sơ đồ trang</h1>"))
    #expect(!text.contains("<h2>Chuyên mục"))
  }
}
