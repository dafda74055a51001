import Documents
import Foundation
import SenKernel
import SenTesting
import Testing

struct DocumentTests {
  let site: TestSite

  init() throws {
    site = try TestSite([DocumentsPlugin()]) { Date(timeIntervalSince1970: 1_795_000_000) }
    try site.run("area create 'Nông thôn mới'")
    try site.run("documentkind create 'Quyết định'")
    try site.run(
      "document create 'Chương trình mỗi xã một sản phẩm' --code '490/QĐ-TTg' --area nong-thon-moi "
        + "--kind quyet-dinh --issuer 'Thủ tướng Chính phủ' --issued-on 2018-05-07 --slug ocop-2018")
  }

  @Test func aDocumentIsFoundByItsCode() throws {
    try site.run("document create 'Khác' --code '491/QĐ-TTg'")
    #expect(try site.run("document list --filter 'code~490' --field slug") == "ocop-2018\n")
    for words in ["490/QĐ-TTg", "490/qd-ttg", "490"] {
      #expect(
        try site.run("search '\(words)' --field title") == "Chương trình mỗi xã một sản phẩm\n", "\(words)")
    }
  }

  @Test func theSameCodeOfTheSameDayIsToldAndRefused() throws {
    let doubled = site.refusal("document create 'Lần nữa' --code '490/QĐ-TTg' --issued-on 2018-05-07")
    #expect(doubled?.field == "code" && doubled?.code == .conflict)
    // Offices begin anew with 1 each year.
    #expect(site.refusal("document create 'Năm sau' --code '490/QĐ-TTg' --issued-on 2019-05-07") == nil)
    #expect(site.refusal("document set ocop-2018 signer='Vương Đình Huệ'") == nil)
    #expect(site.refusal("document set nam-sau issuedOn=2018-05-07")?.field == "code")
  }

  @Test func aCopyBeginsWithoutTheCode() throws {
    try site.run("document clone ocop-2018")
    let codes = try site.run("document list --field code").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(Set(codes) == ["", "490/QĐ-TTg"])
    #expect(
      try site.run("document list --filter 'issuer~Thủ' --format ids").split(separator: "\n").count == 2)
  }

  @Test func whatHasToBeThereFirstIsNamed() throws {
    let site = try TestSite([DocumentsPlugin()])
    let refusal = site.refusal("attachment generate")
    #expect(refusal?.code == .notFound && refusal?.field == "document")
    #expect(refusal?.hint?.contains("sen document create") == true)
  }

  @Test func historyKnowsBothDirections() throws {
    try site.run("document create 'Mới' --slug moi --code '919/QĐ-TTg' --replaces ocop-2018")
    try site.run("document create 'Mới hơn' --slug moi-hon --code '148/QĐ-TTg' --replaces moi")
    #expect(
      try site.run("document history moi --fields relation,steps,code --format csv").replacing("\r", with: "")
        == "relation,steps,code\nreplacedBy,1,148/QĐ-TTg\nthis,0,919/QĐ-TTg\nreplaces,1,490/QĐ-TTg\n")
    #expect(
      try site.run("document history ocop-2018 --field code")
        == "148/QĐ-TTg\n919/QĐ-TTg\n490/QĐ-TTg\n")
  }

  @Test func noDocumentReplacesItself() throws {
    try site.run("document create 'Mới' --slug moi --replaces ocop-2018")
    try site.run("document create 'Mới hơn' --slug moi-hon --replaces moi")
    #expect(site.refusal("document set ocop-2018 replaces=moi-hon")?.field == "replaces")
    #expect(site.refusal("document set moi replaces=moi")?.field == "replaces")
    #expect(try site.run("document show ocop-2018 --field replaces") == "\n")
  }

  @Test func aDocumentEndsAfterItBegins() {
    #expect(
      site.refusal("document set ocop-2018 inForceFrom=2018-06-01 expiresOn=2018-05-01")?.field == "expiresOn"
    )
  }

  @Test func filesAreCountedAsTheyAreTaken() throws {
    let path = "\(site.folder)/490.pdf"
    try Data("%PDF-1.4\n".utf8).write(to: URL(fileURLWithPath: path))
    try site.run("attachment create 'Toàn văn' --document ocop-2018 --file '\(path)'")
    try site.run("attachment download @last")
    try site.run("attachment download @last")
    #expect(site.refusal("attachment create 'Phụ lục' --document ocop-2018")?.field == "file")
    #expect(site.refusal("attachment create 'Phụ lục' --file '\(path)'")?.field == "document")
    #expect(
      try site.run("document files ocop-2018 --fields title,state,downloads --format csv").replacing(
        "\r", with: "") == "title,state,downloads\nToàn văn,draft,2\n")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([DocumentsPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("document files ocop-2018 --field downloads").contains("2\n"))
  }

  @Test(arguments: ["svg", "html", "php", "exe", "js", "sh"])
  func whatWouldRunWhereItIsOpenedIsNoFileOfADocument(ending: String) throws {
    let path = "\(site.folder)/a.\(ending)"
    try Data("<script>alert(1)</script>".utf8).write(to: URL(fileURLWithPath: path))
    #expect(site.refusal("attachment create A --document ocop-2018 --file '\(path)'")?.field == "file")
  }

  @Test(arguments: [
    "pdf", "jpg", "jpeg", "png", "gif", "webp", "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub",
  ])
  func aFileIsWhatItIsCalled(ending: String) throws {
    let path = "\(site.folder)/a.\(ending)"
    try Data("<script>alert(1)</script>".utf8).write(to: URL(fileURLWithPath: path))
    let refusal = site.refusal("attachment create A --document ocop-2018 --file '\(path)'")
    #expect(
      refusal?.message == "file: is called .\(ending), but begins like none" && refusal?.field == "file")
  }

  @Test(arguments: [
    ("a.pdf", Array("\u{FEFF}\n%PDF-1.4\n".utf8)), ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]),
    ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), ("a.gif", Array("GIF87a".utf8)),
    ("a.webp", Array("RIFF\u{0}\u{0}\u{0}\u{0}WEBP".utf8)), ("a.docx", Array("PK\u{3}\u{4}".utf8)),
    // With a password.
    ("b.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), ("a.epub", Array("PK\u{3}\u{4}".utf8)),
    // Nothing is known of how these begin.
    ("a.txt", Array("x".utf8)), ("a.csv", Array("x".utf8)), ("a.mp3", Array("x".utf8)),
    ("a.doc", Array("x".utf8)),
  ])
  func aFileThatIsWhatItIsCalledIsTaken(name: String, bytes: [UInt8]) throws {
    let path = "\(site.folder)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try site.run("attachment create A --document ocop-2018 --file '\(path)'")
    try site.run("site doctor")
  }

  @Test func aCodeIsTheSameHoweverItIsWrittenAndEachOfficeHasItsOwn() throws {
    func create(_ code: String, _ issuer: String) -> Refusal? {
      site.refusal("document create A --code '\(code)' --issuer '\(issuer)' --issued-on 2026-03-01")
    }
    #expect(create("12/QĐ-UBND", "UBND xã Bình Sơn") == nil)
    #expect(create("12/qđ-ubnd ", "UBND xã Bình Sơn")?.field == "code")
    #expect(create("12/QĐ-UBND", "ubnd xã bình sơn")?.field == "code")
    #expect(create("12/QĐ-UBND", "")?.field == "code")
    #expect(create("12/QĐ-UBND", "UBND xã Hòa Lạc") == nil)
  }

  @Test func theBlockKnowsItsAreaAndCount() throws {
    try site.run("block add documents --region sidebar --set area=nong-thon-moi --set count=3")
    #expect(site.refusal("block add documents --set count=0")?.field == "count")
    #expect(site.refusal("block add documents --set area=khong-co") != nil)
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: DocumentsPlugin()) == [])
  }
}
