import Foundation

/// Names for what is being built.
enum TemporaryName {
  /// `/srv/.site.tar.tmp-4711-8f3a…` for `/srv/site.tar`: in the same folder, so that a rename is one step.
  static func beside(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? "root"
    while name.utf8.count > 200 { name.removeLast() }
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(Folder.parent(of: path))/.\(name).tmp-\(getpid())-\(number)"
  }
}
