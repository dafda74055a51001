import Foundation
import SenKernel

/// The pictures and other files that pages lead to.
extension Publisher {
  /// Brings the files that pages lead to, and takes away those that none leads to any more.
  /// - Parameter comparesBytes: whether copies are read, and not only measured.
  func linkMedia(_ report: inout Report, comparesBytes: Bool, goesOn: () -> Bool) throws {
    let wanted = try manifest.media()
    // Before any is removed: a former version may have listed what is not Sen's.
    try bring(wanted, &report, comparesBytes: comparesBytes, goesOn)
    let present = Set(try manifest.paths(in: "media/").map { String($0.dropFirst(6)) })
    let left = present.subtracting(wanted).sorted()
    if try manifest.mayHoldTornMedia() {
      for name in left where try isForeign(name) { try manifest.release("media/\(name)") }
    }
    report.removedMedia = try remove(left.map { "media/\($0)" })
  }

  /// The same, of what the files that this run has written lead to, or led to before; of what was taken away from the
  /// tree, and of what stood in the way the last time.
  func linkChangedMedia(_ report: inout Report, goesOn: () -> Bool) throws {
    let again = try (manifest.unfinishedMedia().union(obstructedMedia())).filter {
      try manifest.leads(to: $0)
    }
    try bring(manifest.arrived.union(again), &report, comparesBytes: false, goesOn)
    let left = try manifest.released.sorted().filter { try !manifest.leads(to: $0) }
    report.removedMedia = try remove(left.map { "media/\($0)" })
  }

  /// The files in whose place somebody else's lay at the end of the last run.
  func obstructedMedia() throws -> Set<String> {
    Set(try manifest.leftAlone().filter { $0.hasPrefix("media/") }.map { String($0.dropFirst(6)) })
  }

  /// Brings files, and repairs what is left of them.
  private func bring(_ names: Set<String>, _ report: inout Report, comparesBytes: Bool, _ goesOn: () -> Bool)
    throws
  {
    let isFormer = try manifest.mayHoldTornMedia()
    let listed = try manifest.hashes(of: names.map { "media/\($0)" })
    var whole: [Manifest.Entry] = []
    var needed: [(entry: Manifest.Entry, source: String, size: Int64)] = []
    for name in names.sorted() {
      let path = "media/\(name)"
      let source = self.source(name)
      var status = stat()
      guard stat(source, &status) == 0 else {
        // What neither has is not to be looked for each time.
        if listed[path] != nil, access("\(folder)/\(path)", F_OK) != 0 { try manifest.release(path) }
        continue
      }
      guard tree.holds(path) else {
        report.foreign.append(path)
        continue
      }
      let hash = listed[path]
      let known = MediaPlace.Knowledge(
        isListed: hash != nil, isOfFormerVersion: isFormer, isTakenOver: isTakenOver,
        comparesBytes: comparesBytes || hash == .some(nil))
      let entry = Manifest.Entry(path: path, hash: 0, trace: PageTrace())
      switch try MediaPlace("\(folder)/\(path)", of: source, status, known) {
      case .whole: if hash == nil { whole.append(entry) }
      case .free, .torn: needed.append((entry, source, Int64(status.st_size)))
      case .foreign:
        report.foreign.append(path)
        if hash != nil { try manifest.release(path) }
      }
    }
    // Written down first: what is in the tree and not in the list would be taken for somebody else's.
    try manifest.plan(whole + needed.map(\.entry), run: 0)
    var copies = MediaCopies(in: folder)
    do {
      for file in needed {
        if !goesOn() { throw CancellationError() }
        try copies.put(file.source, at: "\(folder)/\(file.entry.path)", size: file.size)
        report.media += 1
      }
      try copies.finish()
    } catch {
      copies.cancel()
      throw error
    }
  }

  /// Whether a former version has listed somebody else's file, as far as that can be told.
  private func isForeign(_ name: String) throws -> Bool {
    var status = stat()
    guard stat(source(name), &status) == 0 else { return false }
    let known = MediaPlace.Knowledge(isListed: true, isOfFormerVersion: true)
    return try MediaPlace("\(folder)/media/\(name)", of: source(name), status, known) == .foreign
  }

  /// Where the site has a file of its media.
  private func source(_ name: String) -> String {
    name.contains("/") ? "\(PublishedSizes.root(site))/\(name)" : site.mediaPath(name)
  }
}
