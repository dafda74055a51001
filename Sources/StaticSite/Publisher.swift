import Formats
import Foundation
import GRDB
import Rendering
public import SenKernel
import Storage

/// Writes a site as files for any web server.
///
/// The first run writes all pages; later ones only those that show what has changed since, by the journal. Bytes that
/// are the same keep their file and its time. Files that nobody here has written are never touched.
public struct Publisher {
  /// What a run did.
  public struct Report: Sendable {
    public var pages = 0
    public var written = 0
    public var removed = 0
    public var media = 0
    /// Paths at which somebody else's file lies.
    public var foreign: [String] = []
    /// Paths at which nothing of this site's lies, and of which nobody knows who made them; only told of a tree whose
    /// list was made anew.
    public var unlisted: [String] = []
    var removedMedia = 0

    var hasChangedNothing: Bool { written + removed + media + removedMedia == 0 }
  }

  let site: Site
  let folder: String
  let maker: PageMaker
  let manifest: Manifest
  let isRelative: Bool
  /// Whether the tree is taken whosesoever it is.
  let takesOver: Bool
  /// Whether files in no list are taken for Sen's, since nobody knows any more which were: the list is new. The list of
  /// another site knows it.
  let isTakenOver: Bool
  var tree: TreeFolder { TreeFolder(path: folder) }

  /// - Parameters:
  ///   - actionsOrigin: where forms are sent, without a slash at its end; empty for nowhere.
  ///   - isRelative: whether links within the site do not say where the site is.
  ///   - takesOver: whether a tree of another site is taken; and one whose list is damaged or lost, in which files at the
  ///     places of pages and media are then taken for Sen's.
  /// - Throws: `Refusal` where the list of the tree is damaged.
  public init(
    _ site: Site, folder: String, actionsOrigin: String, isRelative: Bool = false, takesOver: Bool = false
  ) throws {
    (self.site, self.folder, self.isRelative, self.takesOver) = (site, folder, isRelative, takesOver)
    maker = try PageMaker(site, Surroundings(site, actionsOrigin: actionsOrigin, isFile: true))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try TreeFolder(path: folder).checkOwn()
    if takesOver, try Manifest.isDamaged(folder) { try Manifest.discard(folder) }
    manifest = try Manifest(folder: folder)
    let owner = try manifest.state("site")
    isTakenOver =
      try takesOver && (manifest.state("run") == nil || owner == site.read { try site.identity($0) })
  }

  /// Brings the tree up to the site.
  /// - Parameters:
  ///   - isWhole: makes every page anew and reads every copy, whatever is known.
  ///   - progress: called with how many of how many pages are done; stops where it says false.
  /// - Throws: `StoppedInPart` or `FailedInPart` where it ends after some was written, which stays.
  public func run(isWhole: Bool, note: (String) -> Void, progress: @escaping (Int, Int) -> Bool) throws
    -> Report
  {
    var report = Report()
    do {
      try bring(&report, isWhole: isWhole, note: note, progress: progress)
      return report
    } catch {
      if report.hasChangedNothing { throw error }
      let removed = report.removed + report.removedMedia
      let written = Counted.text(report.written + report.media, "file")
      let done = "\(written) of the folder written by then, \(removed) removed"
      if error is CancellationError { throw StoppedInPart("\(done); the next publish does the rest") }
      throw FailedInPart(error, done: done)
    }
  }

  /// The same, with what was done by then where it fails.
  func bring(
    _ report: inout Report, isWhole: Bool, note: (String) -> Void, progress: @escaping (Int, Int) -> Bool
  ) throws {
    let lock = try PublishLock("\(folder)/.sen/lock", of: folder)
    defer { withExtendedLifetime(lock) {} }
    let wasAnothers = try site.read { try site.identity($0) }.map {
      try manifest.take(for: $0, of: folder, takesOver: takesOver)
    }
    let isEverything = isWhole || takesOver || wasAnothers == true
    var plan = try prepare(isEverything, note)
    var work = PageWork(publisher: self, plan: plan)
    for attempt in 1... {
      try manifest.begin(plan.run)
      let ended = Result { try work.perform(progress) }
      report = work.report
      // Somebody has written before the pages were begun: they are planned anew.
      if case .failure(let error) = ended, error is PageWork.Overtaken, attempt < Self.mostAttempts {
        plan = try prepare(isEverything, note)
        work = PageWork(publisher: self, plan: plan)
        continue
      }
      try ended.get()
      break
    }
    report.removed = try prune(plan, work.gone)
    try manifest.enter()
    let pages = report.pages
    let goesOn = { progress(pages, pages) }
    if try plan.isWhole || manifest.mayHoldTornMedia() {
      try linkMedia(&report, comparesBytes: isEverything, goesOn: goesOn)
    } else {
      try linkChangedMedia(&report, goesOn: goesOn)
    }
    if isTakenOver { report.unlisted = try unlisted() }
    try manifest.finish(
      [
        "run": String(plan.run), "operation": String(plan.stamp.operation), "rows": String(plan.stamp.rows),
        "mark": site.read { try mark(of: plan.stamp, $0) }, "moment": Timestamp.text(plan.now),
        "shared": plan.shared,
        "left": report.foreign.joined(separator: "\n"), "media": "whole",
        "folders": manifest.folderTimes(in: folder),
      ], former: work.former)
  }

  /// So often is a site followed that changes just when its pages are begun.
  private static let mostAttempts = 20

  /// Makes the sizes of pictures that are missing, and plans the pages that show them.
  private func prepare(_ isEverything: Bool, _ note: (String) -> Void) throws -> Plan {
    // What has not changed got its sizes the last time.
    let now = site.clock()
    let before = isEverything ? nil : try lastRun().map { try changes(since: $0, now) }
    let changed = before.flatMap { $0.isEverything ? nil : $0.items }
    _ = try PublishedSizes.makeMissing(site, items: changed, note: note)
    let plan = try plan(isEverything)
    guard plan.isWhole, changed != nil else { return plan }
    // More is written than has changed, so that more pictures are looked for; and what all pages share may show some.
    let made = try PublishedSizes.makeMissing(site, note: note).made
    return made > 0 ? try self.plan(true) : plan
  }

  /// What lies in the tree and is in no list.
  private func unlisted() throws -> [String] {
    guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
    var unlisted: [String] = []
    for case let path as String in paths {
      if path == ".sen" { paths.skipDescendants() }
      guard path != ".sen", paths.fileAttributes?[.type] as? FileAttributeType != .typeDirectory else {
        continue
      }
      if try !manifest.has(path) { unlisted.append(path) }
    }
    return unlisted.sorted()
  }

  /// Whether a run would find nothing to do.
  func hasNothingToDo() throws -> Bool {
    let owner = try site.read { try site.identity($0) }
    guard try owner == nil || owner == manifest.state("site"), try !manifest.mayHoldTornMedia() else {
      return false
    }
    let plan = try plan(false)
    return try !plan.isWhole && !plan.hasLost && plan.addresses.isEmpty && manifest.unfinishedMedia().isEmpty
      && obstructedMedia().isEmpty
  }

  func close() throws { try manifest.close() }

  /// The page of a file of the tree; nil for what is no page.
  static func address(_ path: String) -> PageAddress? {
    PageAddress(path: "/" + (path.hasSuffix("index.html") ? String(path.dropLast(10)) : path))
  }

  /// The file of a page.
  /// - Throws: `Refusal` where a slug that was written without Sen would lead out of the tree.
  static func file(_ address: PageAddress) throws(Refusal) -> String {
    let path = address.path.dropFirst()
    let file = path.isEmpty || path.hasSuffix("/") ? path + "index.html" : String(path)
    guard TreeFolder.isPlace(file) else {
      throw Refusal(
        .conflict, "\(address.path) is no place for a page: its slug was written without Sen",
        hint: "Give it another: set ID slug=NEW")
    }
    return file
  }

  private func prune(_ plan: Plan, _ gone: [String]) throws -> Int {
    var paths = Set(gone)
    let left = try manifest.left(by: plan.run, isWhole: plan.isWhole)
    paths.formUnion(left.filter { !$0.hasPrefix("media/") })
    return try remove(paths.sorted())
  }

  func remove(_ paths: [String]) throws -> Int {
    var removed = 0
    for path in paths where try manifest.has(path) {
      let whole = "\(folder)/\(path)"
      // What lies behind a link is somebody else's.
      guard tree.holds(path) else { continue }
      // What a run that was killed had begun.
      unlink(whole + PageWork.unfinished)
      if unlink(whole) == 0 {
        removed += 1
      } else if errno != ENOENT {
        throw FileFailure("remove", whole, errno)
      }
      // Folders that are left empty go as well, and others stay.
      var parent = (whole as NSString).deletingLastPathComponent
      while parent.count > folder.count, rmdir(parent) == 0 {
        parent = (parent as NSString).deletingLastPathComponent
      }
    }
    try manifest.remove(paths)
    return removed
  }
}
