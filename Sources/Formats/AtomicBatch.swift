import Foundation

/// Files that appear under their names together, when all of them are on the disk: for many small ones, which would
/// else each wait for it twice.
public final class AtomicBatch {
  private var waiting: [(temporary: String, path: String, onArrival: (String) -> Void)] = []
  /// The folders that files go to.
  private var folders: Set<String> = []

  public init() {}

  /// Begins a file of the batch; `add` ends it.
  public func begin(path: String) throws -> AtomicFile { try AtomicFile(path: path, sweeps: false) }

  /// Takes a file that is written; nothing more may be written to it.
  /// - Parameter onArrival: told its path when it has its name.
  public func add(_ file: AtomicFile, onArrival: @escaping (_ path: String) -> Void) throws(FileFailure) {
    waiting.append((try file.close(), file.path, onArrival))
    folders.insert(Folder.parent(of: file.path))
  }

  /// Gives all files their names. Where that fails, those that have theirs were told, and the others are gone.
  public func finish() throws(FileFailure) {
    guard let folder = folders.first else { return }
    try Folder.syncAll(folder)
    waiting.reverse()
    while let (temporary, path, onArrival) = waiting.last {
      guard rename(temporary, path) == 0 else { throw FileFailure("write", path, errno) }
      waiting.removeLast()
      onArrival(path)
    }
    for folder in folders { try Folder.sync(folder) }
    folders = []
  }

  deinit { for file in waiting { unlink(file.temporary) } }
}
