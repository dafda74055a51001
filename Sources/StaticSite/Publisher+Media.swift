import Foundation
import SenKernel

/// The pictures and other files that pages lead to.
extension Publisher {
  /// Brings the files that pages lead to, and takes away those that none leads to any more.
  func linkMedia(_ report: inout Report) throws {
    let wanted = try manifest.media()
    let present = Set(try manifest.media(in: "media/").map { String($0.dropFirst(6)) })
    // What somebody has taken away comes back.
    let lost = wanted.intersection(present).filter { access("\(folder)/media/\($0)", F_OK) != 0 }
    report.media = try link(wanted.subtracting(present).union(lost), &report)
    report.removedMedia = try remove(present.subtracting(wanted).sorted().map { "media/\($0)" })
  }

  /// The same, of what the files that this run has written lead to, or led to before.
  func linkChangedMedia(_ report: inout Report) throws {
    report.media = try link(manifest.arrived.filter { try !manifest.has("media/\($0)") }, &report)
    let left = try manifest.released.sorted().filter { try !manifest.leads(to: $0) }
    report.removedMedia = try remove(left.map { "media/\($0)" })
  }

  /// Brings files: each by a hard link where that can be, else as a copy.
  private func link(_ names: Set<String>, _ report: inout Report) throws -> Int {
    var linked: [Manifest.Entry] = []
    for name in names.sorted() {
      let path = "media/\(name)"
      let source = name.contains("/") ? "\(PublishedSizes.root(site))/\(name)" : site.mediaPath(name)
      let target = "\(folder)/\(path)"
      guard FileManager.default.fileExists(atPath: source) else { continue }
      guard tree.holds(path) else {
        report.foreign.append(path)
        continue
      }
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      if Foundation.link(source, target) != 0, errno != EEXIST {
        try FileManager.default.copyItem(atPath: source, toPath: target)
      }
      linked.append(Manifest.Entry(path: path, hash: 0, trace: PageTrace()))
    }
    try manifest.plan(linked, run: 0)
    return linked.count
  }
}
