import Foundation

/// Names for what is being built.
enum TemporaryName {
  /// `/srv/.site.tar.tmp-4711-8f3a…` for `/srv/site.tar`: in the same folder, so that a rename is one step.
  static func beside(_ path: String) -> String {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(Folder.parent(of: path))/\(begin(path))\(getpid())-\(number)"
  }

  /// Removes what processes that are gone (killed, or the power failed) left of building `path`. What is younger than
  /// `age` seconds stays: where a folder is shared, its process may run on another machine.
  static func sweep(beside path: String, age: Double = 60) {
    let (folder, start) = (Folder.parent(of: path), begin(path))
    guard let entries = try? Folder.entries(folder) else { return }
    for entry in entries {
      // What a staging folder is built beside has a dot more.
      let name = entry.hasPrefix("..") ? String(entry.dropFirst()) : entry
      guard name.hasPrefix(start), let process = Int32(name.dropFirst(start.count).prefix { $0 != "-" }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      removeOld("\(folder)/\(entry)", age)
    }
  }

  /// Removes what processes that are gone left in `folder` a day ago and more, of building whatever: a file, a folder,
  /// or the folder beside a tar (`.site.tar.tmp-4711-8f3a`, `..site.tar.tmp-4711-8f3a.tmp-4711-77c0`). Who exports to
  /// another name each day would else never come by what was left.
  static func sweep(in folder: String, age: Double = 86_400) {
    guard let entries = try? Folder.entries(folder) else { return }
    for entry in entries {
      guard let found = entry.firstMatch(of: /^\..+\.tmp-([0-9]{1,9})-[0-9a-f]{1,16}$/),
        let process = Int32(found.1), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      removeOld("\(folder)/\(entry)", age, of: geteuid())
    }
  }

  /// Removes a file or a folder, of a user perhaps, that is old enough.
  private static func removeOld(_ path: String, _ age: Double, of user: uid_t? = nil) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid == user ?? status.st_uid,
      Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec) >= age
    else { return }
    // What cannot be removed, being another user's, is in nobody's way.
    if status.st_mode & S_IFMT == S_IFDIR {
      _ = Result { try Folder.remove(path) }
    } else {
      unlink(path)
    }
  }

  /// The name of a folder to be built for a while beside `path`, what others left there being removed.
  static func staging(_ path: String) -> String {
    sweep(beside: path)
    return beside(path)
  }

  private static func begin(_ path: String) -> String {
    let last = path.utf8.split(separator: 0x2F).last.map { String(Substring($0)) } ?? "root"
    return ".\(String(decoding: last.utf8.prefix(200), as: UTF8.self)).tmp-"
  }
}
