import Foundation

/// Names for what is being built.
enum TemporaryName {
  /// `/srv/.site.tar.tmp-4711-8f3a…` for `/srv/site.tar`: in the same folder, so that a rename is one step.
  static func beside(_ path: String) -> String {
    let last = path.utf8.split(separator: 0x2F).last.map { String(Substring($0)) } ?? "root"
    let name = String(decoding: last.utf8.prefix(200), as: UTF8.self)
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(Folder.parent(of: path))/.\(name).tmp-\(getpid())-\(number)"
  }
}
