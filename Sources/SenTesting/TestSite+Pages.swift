import Foundation
import Rendering
public import SenKernel

extension TestSite {
  /// The page at an address as visitors get it, with a template of the test's own for it; what there is instead where
  /// there is no page.
  /// - Parameters:
  ///   - template: its name, such as `page-question`.
  ///   - text: the template.
  public func page(_ address: PageAddress, _ template: String, _ text: String) throws -> String {
    let theme = "\(folder)/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(theme)/\(template).mustache"))
    let maker = try PageMaker(site, Surroundings(site, actionsOrigin: "https://live.example.vn"))
    let answer = try site.read { try maker.answer(address, $0, now: site.clock()) }
    guard case .page(let page) = answer else { return "\(answer)" }
    return String(decoding: page.bytes, as: UTF8.self)
  }
}
