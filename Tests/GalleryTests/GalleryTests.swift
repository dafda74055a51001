import Foundation
import Gallery
import Pictures
import SenKernel
import SenTesting
import Testing

struct GalleryTests {
  let site: TestSite
  /// A folder of pictures beside the site.
  let folder: String

  init() throws {
    site = try TestSite([GalleryPlugin()]) { Date(timeIntervalSince1970: 1_795_000_000) }
    folder = "\(site.folder)/anh"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try site.run("album create 'Lễ hội lúa'")
  }

  private func draw(_ name: String, seed: UInt64 = 1, width: Int = 700, height: Int = 500) throws {
    try write(name, GDWorkshop().draw(seed: seed, width: width, height: height))
  }

  private func write(_ name: String, _ bytes: Data) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try bytes.write(to: URL(filePath: path))
  }

  @Test func photosAreAddedAfterTheLastPlaceThereIs() throws {
    try draw("a.jpg")
    try draw("b.jpg", seed: 2)
    try site.run("photo import \(folder)/a.jpg --album le-hoi-lua")
    let last = Envelope.positions.upperBound
    try site.run("photo set a position=\(last)")
    try site.run("photo import \(folder)/b.jpg --album le-hoi-lua")
    #expect(try site.run("photo list --field position") == "\(last)\n\(last)\n")
    #expect(site.refusal("photo set a position=\(last + 1)")?.field == "position")
  }

  @Test func pruneLeavesWhatCameIntoUseWhileItAsked() throws {
    try draw("a.jpg")
    try site.run("photo import \(folder)/a.jpg")
    try site.run("photo delete a --yes")
    try site.run("trash purge --yes")
    let output = MemoryOutput(answers: [true])
    output.whileAsked = { [site, folder] in _ = Result { try site.run("photo import \(folder)/a.jpg") } }
    try site.run("photo orphans --prune --all", output)
    #expect(output.notes.suffix(2) == ["Kept, for they came into use: 2 orphans", "Removed 0 orphans"])
    #expect(try site.run("site doctor").isEmpty)
    #expect(try site.run("photo orphans --format count") == "0\n")
  }

  @Test func whatWasImportedBeforeAFailureIsTold() throws {
    try draw("a.jpg")
    try draw("b.jpg", seed: 2)
    try site.run("photo import \(folder)/b.jpg")
    try site.run("photo delete b --yes")
    try site.run("trash purge --yes")
    // No folder can be made where the sizes of the second go.
    let sizes = try FileManager.default.contentsOfDirectory(atPath: "\(site.folder)/derived")
    try FileManager.default.removeItem(atPath: "\(site.folder)/derived/\(sizes[0])")
    try Data().write(to: URL(filePath: "\(site.folder)/derived/\(sizes[0])"))
    let failure = #expect(throws: FailedInPart.self) { try site.run("photo import \(folder)") }
    #expect(failure?.done == "2 photos had been imported, the last without its sizes")
  }

  /// The notes of a command, and whether it did only a part.
  private func notes(_ line: String, _ output: MemoryOutput = MemoryOutput()) throws -> (
    text: String, isPart: Bool
  ) {
    do {
      try site.run(line, output)
      return (output.notes.joined(separator: "\n").replacing("\(folder)/", with: ""), false)
    } catch is DoneInPart {
      return (output.notes.joined(separator: "\n").replacing("\(folder)/", with: ""), true)
    }
  }

  private func derived() throws -> [String] {
    let root = URL(filePath: "\(site.folder)/derived")
    guard let found = FileManager.default.enumerator(atPath: root.path) else { return [] }
    return found.compactMap { $0 as? String }.filter { $0.contains("/") }
      .map { ($0 as NSString).lastPathComponent }.sorted()
  }

  @Test func picturesComeInWithTheirSizesInTheOrderOfTheirNames() throws {
    try draw("anh_10.jpg", seed: 10)
    try draw("anh_2.jpg", seed: 2, width: 2000, height: 1500)
    try draw("sau/anh_3.jpg", seed: 3)
    let told = try notes("photo import \(folder) --album le-hoi-lua --credit 'Lê An'")
    #expect(
      told.text == """
        Imported 2 photos
        2 photos without alt text: say photo set REF alt='…', or decorative=yes
        """)
    #expect(
      try site.run("photo list --sort position --fields title,album,width,height,credit --format csv")
        .replacing("\r", with: "") == """
          title,album,width,height,credit
          anh 2,le-hoi-lua,2000,1500,Lê An
          anh 10,le-hoi-lua,700,500,Lê An

          """)
    #expect(
      try derived() == ["1600.jpg", "480.jpg", "480.jpg", "960.jpg", "960.jpg", "thumb.jpg", "thumb.jpg"])
    // Again, with the folder inside: what is here already stays as it is.
    let again = try notes(
      "photo import \(folder) --album le-hoi-lua --recursive --skip-duplicates --decorative")
    #expect(again.text == "Imported 1 photo, skipped 2 that are here already")
    #expect(try site.run("photo list --sort position --field title") == "anh 2\nanh 10\nanh 3\n")
  }

  @Test func badPicturesAreToldOneByOneAndTheRestImported() throws {
    try draw("a.jpg", seed: 1)
    let jpeg = try GDWorkshop().draw(seed: 2, width: 300, height: 200)
    try write("b.jpg", jpeg.prefix(jpeg.count / 2))
    try write("c.png", jpeg)
    try write("d.jpg", Data())
    try write("e.jpg", Data("chữ".utf8))
    try write("f.svg", Data("<svg onload='alert(1)'/>".utf8))
    try draw("g.jpg", seed: 7)
    let told = try notes("photo import \(folder) \(folder)/khong-co.jpg --album 1 --alt 'Ruộng'")
    #expect(told.isPart)
    #expect(
      told.text == """
        b.jpg is a JPEG picture that breaks off
        c.png is called .png, but is a JPEG picture. Call it .jpg, if it can be trusted.
        d.jpg is empty
        e.jpg is text, not a picture. JPEG, PNG, GIF and WebP are.
        f.svg is SVG, which can hold scripts. Save it as PNG first.
        khong-co.jpg is not there
        Imported 2 photos, refused 6
        """)
    #expect(try site.run("photo list --field alt") == "Ruộng\nRuộng\n")
    #expect(try site.run("photo orphans --format count") == "0\n")
  }

  @Test func importsAtTheSameTimeBringNothingInTwice() throws {
    for index in 1...4 { try draw("\(index).jpg", seed: UInt64(index)) }
    let (site, folder) = (site, folder)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      do {
        try site.run("photo import \(folder) --album 1 --decorative --skip-duplicates")
      } catch {
        Issue.record(error)
      }
    }
    #expect(try site.run("photo list --format count") == "4\n")
    // Who wants them twice gets them twice, and all get the same sizes at once.
    try FileManager.default.removeItem(atPath: "\(site.folder)/derived")
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      do { try site.run("photo import \(folder) --decorative") } catch { Issue.record(error) }
    }
    #expect(try site.run("photo list --format count") == "20\n")
    #expect(try notes("site doctor").text == "Nothing is wrong")
  }

  @Test func anImportIsTakenBackAtOnce() throws {
    for index in 1...4 { try draw("\(index).jpg", seed: UInt64(index)) }
    let before = try site.contents()
    try site.run("photo import \(folder) --album 1 --decorative")
    let after = try site.contents()
    #expect(try site.run("history list --limit 1 --field command").hasPrefix("photo import"))
    #expect(try site.run("history list --format count") == "2\n")
    try site.run("history undo")
    #expect(try site.contents() == before)
    try site.run("history redo")
    #expect(try site.contents() == after)
    // The same words are another command.
    try site.run("photo import \(folder) --album 1 --decorative")
    try site.run("history undo")
    #expect(try site.contents() == after)
  }

  @Test func theDoctorTellsOfManyPhotosInOneLine() throws {
    for index in 1...4 { try draw("\(index).jpg", seed: UInt64(index)) }
    try site.run("photo import \(folder) --album 1 --decorative")
    try FileManager.default.removeItem(atPath: "\(site.folder)/derived")
    #expect(
      try notes("site doctor").text.contains("4 photos: sizes are missing; sen photo regenerate --missing"))
  }

  @Test func aDryRunKeepsNothing() throws {
    try draw("a.jpg")
    let told = try notes("photo import \(folder) --album 1 --decorative --dry-run")
    #expect(told.text == "Dry run, nothing written: would have imported 1 photo")
    #expect(try site.run("photo list --format count") == "0\n")
    #expect(try site.run("media list --format count") == "0\n" && derived() == [])
  }

  @Test func anInterruptedImportKeepsWhatWasDone() throws {
    for index in 1...3 { try draw("\(index).jpg", seed: UInt64(index)) }
    let output = MemoryOutput()
    output.isInterrupted = true
    #expect(throws: CancellationError.self) { try site.run("photo import \(folder) --album 1", output) }
    let later = MemoryOutput()
    later.interruptedAt = 1
    #expect(throws: CancellationError.self) { try site.run("photo import \(folder) --dry-run", later) }
    later.isInterrupted = false
    #expect(throws: StoppedInPart.self) { try site.run("photo import \(folder) --skip-duplicates", later) }
    #expect(try site.run("photo orphans --format count") == "0\n")
    try site.run("photo import \(folder)/1.jpg --album 1")
    #expect(
      try notes("photo import \(folder) --album 1 --skip-duplicates --decorative").text
        == "Imported 2 photos, skipped 1 that is here already")
  }

  @Test func aPhotoTakesSizeOfItsFileAndNothingElseAsAFile() throws {
    try draw("a.jpg", width: 320, height: 200)
    try site.run("photo create Lúa --file \(folder)/a.jpg")
    #expect(try site.run("photo show lua --fields width,height,version --format csv").contains("320,200,1"))
    try write("b.jpg", Data("<svg/>".utf8))
    let refused = site.refusal("photo create Lúa --file \(folder)/b.jpg")
    #expect(refused?.field == "file" && refused?.message == "file: is SVG, which can hold scripts")
    #expect(site.refusal("photo create Lúa")?.field == "file")
    #expect(site.refusal("photo set lua focalX=1.5")?.field == "focalX")
    // Its sizes are made by whoever says so; the doctor and the job see that they are missing.
    #expect(try notes("site doctor").text.contains("sizes are missing"))
    #expect(try notes("job run picture-sizes").text == "picture-sizes: made 1 picture")
    #expect(try notes("site doctor").text == "Nothing is wrong")
  }

  @Test func sizesAreMadeAnewAndOrphansGo() throws {
    try draw("a.jpg", seed: 1)
    try draw("b.jpg", seed: 2)
    try site.run("photo import \(folder) --album 1 --decorative")
    try FileManager.default.removeItem(atPath: "\(site.folder)/derived")
    #expect(try notes("site doctor --fix --dry-run").isPart && derived().isEmpty)
    #expect(try notes("site doctor --fix").text.contains("mended: photo"))
    #expect(try derived().count == 6)
    try FileManager.default.removeItem(atPath: "\(site.folder)/derived")
    #expect(
      try notes("photo regenerate --missing --dry-run").text
        == "Dry run: would have made the sizes of 2 photos")
    #expect(try notes("photo regenerate a").text == "Made the sizes of 1 photo")
    #expect(try notes("photo regenerate --missing").text == "Made the sizes of 1 photo")
    #expect(try notes("photo regenerate --all").text == "Made the sizes of 2 photos")
    #expect(try derived().count == 6)
    #expect(site.refusal("photo regenerate") != nil)
    // In the trash it is still somebody's.
    try site.run("photo delete a")
    #expect(try site.run("photo orphans --format count") == "0\n")
    try site.run("trash purge --yes")
    #expect(try site.run("photo orphans --field kind") == "sizes\noriginal\n")
    #expect(site.refusal("photo orphans --prune")?.code == .declined)
    // The original is needed if the removal is taken back.
    try site.run("photo orphans --prune --yes")
    #expect(try site.run("photo orphans --field kind") == "original\n")
    try site.run("photo orphans --prune --all --yes")
    #expect(try site.run("photo orphans --format count") == "0\n")
    #expect(try derived().count == 3)
    #expect(try site.run("media list --format count") == "1\n")
  }

  @Test func anAlbumIsOrderedAndHasACover() throws {
    for (index, name) in ["c", "a", "b"].enumerated() {
      try draw("\(name).jpg", seed: UInt64(index))
      try site.run("photo import \(folder)/\(name).jpg --album 1 --decorative")
    }
    func order() throws -> String {
      try site.run("photo list --sort position --field title").replacing("\n", with: "")
    }
    #expect(try order() == "cab")
    try site.run("album reorder 1 --by title")
    #expect(try order() == "abc")
    try site.run("photo set a takenAt=2026-03-01")
    try site.run("photo set b takenAt=2026-02-01")
    try site.run("album reorder 1 --by takenAt")
    #expect(try order() == "bac")
    try site.run("album reorder 1 --by name --dry-run")
    #expect(try order() == "bac")
    // Its place is counted in its album.
    try site.run("album create Khác")
    try draw("z.jpg", seed: 9)
    try site.run("photo import \(folder)/z.jpg --album khac --decorative")
    try site.run("photo move c --position 1")
    #expect(
      try site.run("photo list --filter 'album=le-hoi-lua' --sort position --field title") == "c\nb\na\n")
    #expect(try site.run("photo show z --field position") == "1\n")
    try site.run("album set 1 cover=b")
    #expect(try site.run("album show 1 --field cover") == "b\n")
    #expect(site.refusal("trash purge --yes") == nil)
  }

  @Test func titlesComeFromExifWhereAskedFor() throws {
    // Little-endian TIFF with an ImageDescription alone.
    let title = Array("Gặt lúa".utf8) + [0]
    let tiff: [UInt8] =
      Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x0E, 0x01, 2, 0, UInt8(title.count), 0, 0, 0, 26, 0, 0, 0]
      + [0, 0, 0, 0] + title
    let body = Array("Exif\0\0".utf8) + tiff
    let jpeg = try GDWorkshop().draw(seed: 5, width: 100, height: 80)
    try write("x.jpg", jpeg.prefix(2) + [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body + jpeg.dropFirst(2))
    try site.run("photo import \(folder)/x.jpg --title-from exif --decorative")
    #expect(try site.run("photo list --field title") == "Gặt lúa\n")
  }

  @Test func aPictureThatIsLostDoesNotHideTheOthers() throws {
    try draw("a.jpg", seed: 1)
    try draw("b.jpg", seed: 2)
    try site.run("photo import \(folder) --album 1 --decorative")
    let lost = try site.run("photo show 2 --field file").prefix(64)
    for place in ["derived/\(lost)", "media/\(lost.prefix(2))/\(lost).jpg"] {
      try FileManager.default.removeItem(atPath: "\(site.folder)/\(place)")
    }
    let output = MemoryOutput()
    output.screen = Screen(columns: 30, colours: .all)
    try site.run("album show 1 --draw", output)
    #expect(output.notes == ["\(lost).jpg is not there"])
    #expect(output.text.count(where: { $0 == "▀" }) == 30 * 11)
  }

  @Test func aPhotoThatWasMadeWithoutImportIsToldToLackItsSizes() throws {
    try draw("a.jpg", seed: 1)
    try draw("b.jpg", seed: 2)
    #expect(try notes("photo create Một --file \(folder)/a.jpg").text.contains("sen photo regenerate 2"))
    try site.run("photo regenerate --missing")
    #expect(try !notes("photo create Hai --file \(folder)/a.jpg").text.contains("regenerate"))
    #expect(try notes("photo set 2 file=\(folder)/b.jpg").text.contains("sen photo regenerate 2"))
  }

  @Test func sizesOfBrokenFilesAreNotMadeInPart() throws {
    try draw("a.jpg")
    try site.run("photo import \(folder) --decorative")
    let file = try site.run("photo show 2 --field file").trimmingCharacters(in: .whitespacesAndNewlines)
    try Data("hỏng".utf8).write(to: URL(filePath: site.site.mediaPath(file)))
    #expect(site.refusal("photo regenerate 2")?.code == .invalid)
    // What visitors had before stays.
    #expect(try derived().count == 3)
  }

  @Test func anImportThatBringsNothingInIsAMistakeAndNoPart() throws {
    #expect(site.refusal("photo import \(folder)/không.jpg")?.code == .notFound)
    try write("x.png", Data("<svg/>".utf8))
    #expect(site.refusal("photo import \(folder)/x.png")?.message.contains("is SVG") == true)
    try write("y.jpg", Data())
    #expect(site.refusal("photo import \(folder)")?.code == .invalid)
    try draw("a.jpg")
    #expect(try notes("photo import \(folder)").isPart)
    // What is there already counts as done.
    #expect(try notes("photo import \(folder) --skip-duplicates").isPart)
  }

  @Test func picturesAreDrawnOnTerminalsOnly() throws {
    try draw("a.jpg")
    try site.run("photo import \(folder) --album 1 --decorative")
    #expect(site.refusal("album show 1 --draw")?.code == .usage)
    let output = MemoryOutput()
    output.screen = Screen(columns: 30, colours: .all)
    #expect(site.refusal("album show 1 --draw --format json")?.message.contains("--format") == true)
    try site.run("album show 1 --draw", output)
    #expect(output.text.contains("title: Lễ hội lúa\n"))
    // 700 × 500 in 30 columns: 21 rows of dots, two to a line, the last line having one.
    let lines = output.text.split(separator: "\n").drop { $0 != "2 a" }.map { $0 }
    #expect(lines.count == 12)
    #expect(lines[1].count(where: { $0 == "▀" }) == 30 && lines[1].hasSuffix("\u{1B}[0m"))
    #expect(lines[1].contains(";48;2;") && !lines[11].contains(";48;2;"))
    output.screen = Screen(columns: 30, colours: .cube)
    try site.run("album show 1 --draw --limit 1", output)
    #expect(output.text.contains("[38;5;"))
    let single = MemoryOutput()
    single.screen = Screen(columns: 30, colours: .all)
    try site.run("photo show 2 --draw", single)
    #expect(single.text.count(where: { $0 == "▀" }) == 30 * 11)
    // Without the flag, and where it is not asked for, a terminal shows what every other place gets.
    #expect(try site.run("album show 1") == site.run("album show 1"))
    #expect(try !site.run("album show 1").contains("▀"))
  }

  @Test func picturesTravelInArchives() throws {
    try draw("a.jpg")
    try site.run("photo import \(folder) --album 1 --decorative")
    try site.run("album set 1 cover=a")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([GalleryPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    try other.run("export archive --to \(other.folder)/a.tar")
    #expect(
      FileManager.default.contentsEqual(atPath: "\(site.folder)/a.tar", andPath: "\(other.folder)/a.tar"))
    try other.run("photo regenerate --missing")
    try other.run("block add gallery --region sidebar --set album=le-hoi-lua --set count=4")
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: GalleryPlugin()) == [])
  }
}
