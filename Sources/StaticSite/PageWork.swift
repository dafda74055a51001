import Formats
import Foundation
import GRDB
import Rendering
import SenKernel

/// Makes and writes the pages of one run, on all processors.
struct PageWork {
  let publisher: Publisher
  let plan: Publisher.Plan
  var run: Int64 { plan.run }
  var now: Date { plan.now }
  /// Files whose page is no more.
  private(set) var gone: [String] = []
  /// The pages at former addresses, with what each was made from.
  private(set) var former: [String: String] = [:]

  private let shared: Shared

  init(publisher: Publisher, plan: Publisher.Plan) {
    (self.publisher, self.plan) = (publisher, plan)
    shared = Shared(plan.addresses)
  }

  /// What was done, all of it or as far as it went.
  var report: Publisher.Report { shared.lock.withLock { shared.report } }

  /// So many pages are made before they are written down and written.
  static let batch = 100

  /// A file with what is to be in it.
  typealias Made = (entry: Manifest.Entry, bytes: [UInt8])

  /// What the workers share.
  final class Shared: @unchecked Sendable {
    let lock = NSLock()
    private(set) var waiting: [PageAddress]
    private var known: Set<PageAddress>
    var next = 0
    var report = Publisher.Report()
    var gone: [String] = []
    var failure: (any Error)?

    init(_ addresses: [PageAddress]) { (waiting, known) = (addresses, Set(addresses)) }

    /// Adds pages that other pages name, each once; for whoever has the lock.
    func add(_ more: [PageAddress]) {
      for address in more where known.insert(address).inserted { waiting.append(address) }
    }

    func take() -> [PageAddress] {
      lock.withLock {
        guard failure == nil else { return [] }
        let end = min(next + PageWork.batch, waiting.count)
        defer { next = end }
        return Array(waiting[next..<end])
      }
    }
  }

  mutating func perform(_ progress: @escaping (Int, Int) -> Bool) throws {
    let shared = self.shared
    try planShared()
    try writeThemeFiles(shared)
    try writeNotices(shared)
    let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, plan.addresses.count / Self.batch))
    let handed = Unchecked(value: (work: self, progress: progress))
    DispatchQueue.concurrentPerform(iterations: workers) { index in
      let (work, progress) = handed.value
      do {
        try work.publisher.site.read { db in
          // Each worker looks at the site by a connection of its own; all at the same state, or nothing is written.
          guard try work.plan.stamp.isLast(db) else { throw Overtaken() }
          while true {
            let addresses = shared.take()
            if addresses.isEmpty { return }
            try work.make(addresses, db, shared)
            let (done, total) = shared.lock.withLock { (shared.report.pages, shared.waiting.count) }
            if index == 0, !progress(done, total) { throw CancellationError() }
          }
        }
      } catch {
        shared.lock.withLock { shared.failure = shared.failure ?? error }
      }
    }
    if let failure = shared.failure { throw failure }
    former = try writeFormer(shared)
    // What has moved is led on from; where a former address is one no more, a page of this run may stand.
    gone = shared.gone.filter { former[$0] == nil }
    gone += try publisher.manifest.formerFiles(before: run).filter { former[$0] == nil }
  }

  /// The site was changed after its pages were planned.
  struct Overtaken: Error, CustomStringConvertible {
    let description = "The site is changed all the time, so that no state of it can be published; try again"
  }

  private func make(_ addresses: [PageAddress], _ db: Database, _ shared: Shared) throws {
    var made: [Made] = []
    var more: [PageAddress] = []
    for address in addresses {
      let file = try Publisher.file(address)
      guard case .page(let page) = try publisher.maker.answer(address, db, now: now) else {
        shared.lock.withLock { shared.gone.append(file) }
        continue
      }
      made.append(try self.file(file, page.bytes, page.trace))
      // The first time with their page; afterwards by what they were made from themselves.
      for companion in page.companions {
        if try plan.isWhole || !publisher.manifest.has(try Publisher.file(companion)) {
          more.append(companion)
        }
      }
      if page.parts > 1, let rest = Self.rest(of: address, page.parts) { more += rest }
    }
    try write(made, shared)
    shared.lock.withLock {
      shared.report.pages += made.count
      shared.add(more)
    }
  }

  /// The other parts of a list, of which the first is made.
  private static func rest(of address: PageAddress, _ parts: Int) -> [PageAddress]? {
    switch address {
    case .list(let noun, 1): (2...parts).map { .list(noun: noun, page: $0) }
    case .item(let noun, let slug, 1): (2...parts).map { .item(noun: noun, slug: slug, page: $0) }
    default: nil
    }
  }

  func file(_ path: String, _ bytes: [UInt8], _ trace: PageTrace = PageTrace()) throws -> Made {
    let isAnywhere = Self.notices.contains { $0.path == path }
    let bytes =
      publisher.isRelative ? publisher.maker.relative(bytes, file: path, isAnywhere: isAnywhere) : bytes
    return (Manifest.Entry(path: path, hash: try Self.start(of: bytes), trace: trace), bytes)
  }

  /// The first sixty bits of the digest.
  private static func start(of bytes: [UInt8]) throws -> Int64 {
    let sum = try SHA256()
    try sum.update(bytes)
    return Int64(try sum.digest().prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) } >> 4)
  }

  /// What lies at a path of the tree.
  private static func bytes(_ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try ByteSource(plainFile: path).forEachChunk { bytes.append(contentsOf: $0) }
    return bytes
  }

  func write(_ made: [Made], _ shared: Shared) throws {
    let before = try publisher.manifest.hashes(of: made.map(\.entry.path))
    var changed: [Made] = []
    var foreign: Set<String> = []
    for file in made {
      let path = "\(publisher.folder)/\(file.entry.path)"
      guard publisher.tree.holds(file.entry.path) else {
        foreign.insert(file.entry.path)
        continue
      }
      let old = before[file.entry.path] ?? nil
      var status = stat()
      let isThere = lstat(path, &status) == 0
      if isThere, before[file.entry.path] == nil, !publisher.isTakenOver {
        foreign.insert(file.entry.path)
      } else if isThere, let old, Self.notices.contains(where: { $0.path == file.entry.path }),
        try Self.start(of: Self.bytes(path)) != old
      {
        // A page of one's own in the place of Sen's, which is no more of the list.
        foreign.insert(file.entry.path)
        try shared.lock.withLock { try publisher.manifest.remove([file.entry.path]) }
      } else if !isThere || status.st_size != file.bytes.count || old != file.entry.hash {
        // Of what a run that was killed has planned, some is there already.
        let isUnknown = isThere && old == nil && status.st_size == file.bytes.count
        if isUnknown, try Self.bytes(path) == file.bytes { continue }
        changed.append(file)
      }
    }
    // Written down first: what is in the tree and not in the manifest would be taken for somebody else's.
    let entries = made.map(\.entry).filter { !foreign.contains($0.path) }
    try shared.lock.withLock { try publisher.manifest.plan(entries, run: run) }
    for file in changed {
      try Self.write(file.bytes, "\(publisher.folder)/\(file.entry.path)")
      shared.lock.withLock { shared.report.written += 1 }
    }
    shared.lock.withLock {
      shared.report.foreign += foreign.sorted()
    }
  }

  /// The name under which it is written down.
  static let sharedName = ".sen/shared"

  /// Writes down which files the parts lead to that all pages share, under a name that no page has. Whether those parts
  /// have changed is looked at as a whole before each run.
  private func planShared() throws {
    let trace = PageTrace()
    let shared = try publisher.site.read { try publisher.maker.sharedTrace($0, now: now) }
    for name in shared.media { trace.add(media: name) }
    try publisher.manifest.plan([Manifest.Entry(path: Self.sharedName, hash: 0, trace: trace)], run: run)
  }

  private func writeThemeFiles(_ shared: Shared) throws {
    try write(
      publisher.maker.themeFiles.map { try file(String($0.path.dropFirst()), $0.bytes) }, shared)
  }

  /// What stands behind the name of a file that is being written. A run that is killed leaves it; the next one writes the
  /// file again, under the same name.
  static let unfinished = ".sen~"

  /// Puts a whole file in the place of the old one in one step. It can be made again, so the disk is not waited for.
  private static func write(_ bytes: [UInt8], _ path: String) throws {
    let temporary = path + unfinished
    var descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    if descriptor < 0, errno == ENOENT {
      let folder = (path as NSString).deletingLastPathComponent
      // Nearly always only the last one is missing.
      if mkdir(folder, 0o755) != 0, errno != EEXIST {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    guard descriptor >= 0 else { throw FileFailure("write", path, errno) }
    do {
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { try DescriptorSink.write($0, to: descriptor, name: path) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure("write", path, code)
    }
  }

  /// Values handed to workers that only read them.
  private struct Unchecked<Value>: @unchecked Sendable { let value: Value }
}
