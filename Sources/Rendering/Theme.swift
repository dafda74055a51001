import Foundation
import SenKernel
import Templates

/// How the pages of a site look: templates and files, each the site's own where `theme/` has it, else the plugin's,
/// else Sen's.
struct Theme: Sendable {
  private var library: TemplateLibrary
  private let names: Set<String>
  /// What is sent as it is: the style sheet and whatever lies beside it.
  let files: [String: ThemeFile]
  /// Where each of them is on the site, which changes with the file.
  let paths: [String: String]
  /// Tells one state of the whole theme from another.
  let stamp: String

  /// - Parameter folder: the site's own theme; nil for none.
  init(_ registry: Registry, folder: String?) throws {
    var sources = DefaultTheme.templates.merging(
      registry.plugins.reduce(into: [:]) { $0.merge($1.templates) { first, _ in first } }
    ) { own, _ in own }
    var files = DefaultTheme.files.mapValues { ThemeFile($0) }
    if let folder {
      for (name, path) in try Self.files(in: folder) {
        let bytes = try Self.reading("theme/\(name)") { Array(try Data(contentsOf: URL(filePath: path))) }
        if name.hasSuffix(".mustache") {
          sources[String(name.dropLast(9))] = String(decoding: bytes, as: UTF8.self)
        } else {
          files[name] = ThemeFile(bytes)
        }
      }
    }
    files = StyleSheets(files).stamped()
    var templates: [String: Template] = [:]
    for (name, source) in sources { templates[name] = try Self.template(source, name) }
    (library, names, self.files) = (TemplateLibrary(templates), Set(sources.keys), files)
    paths = files.reduce(into: [:]) { $0[$1.key] = "/site/theme/\($1.value.name(for: $1.key))" }
    let all =
      sources.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
      + files.sorted { $0.key < $1.key }.map(\.value.stamp)
    stamp = ThemeFile(Array(all.joined(separator: "\u{0}").utf8)).stamp
  }

  func has(_ template: String) -> Bool { names.contains(template) }

  /// What a template makes of values.
  func render(_ template: String, _ values: any TemplateValue) throws -> [UInt8] {
    let written: [UInt8]?
    do {
      written = try library.render(template, values)
    } catch {
      throw Refusal(
        .invalid, "theme/\(error.part).mustache: \(error)",
        hint:
          "Most likely it names itself, or parts that do, more than once. Mend it in theme/ of the site, or delete "
          + "it there: then Sen's own takes its place.")
    }
    guard let written else { throw Refusal(.notFound, "The theme has no template “\(template)”") }
    return written
  }

  /// The theme with what is known beforehand written into its templates, or into one of them.
  func knowing(_ values: any TemplateValue, in template: String? = nil) -> Theme {
    var theme = self
    theme.library = template.map { library.knowing(values, in: $0) } ?? library.knowing(values)
    return theme
  }

  /// A template, without the white space that only its author sees.
  private static func template(_ source: String, _ name: String) throws -> Template {
    let lines = source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    do {
      return try Template(lines.filter { !$0.isEmpty }.joined(separator: "\n"))
    } catch {
      // Read again as it was written, whose lines are those that its author sees.
      let problem = Self.problem(source) ?? error
      throw Refusal(.invalid, "theme/\(name).mustache: \(problem)")
    }
  }

  private static func problem(_ source: String) -> TemplateProblem? {
    do {
      _ = try Template(source)
      return nil
    } catch {
      return error
    }
  }

  /// The files of a folder, those of folders in it and links aside.
  /// - Throws: a refusal where it is no folder, or one that cannot be looked into.
  static func files(in folder: String) throws -> [(name: String, path: String)] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue else { throw Refusal(.invalid, "theme is no folder") }
    let names = try reading("theme") { try FileManager.default.contentsOfDirectory(atPath: folder) }
    return try names.sorted().compactMap { name in
      let path = "\(folder)/\(name)"
      let facts = try reading("theme/\(name)") { try FileManager.default.attributesOfItem(atPath: path) }
      guard !name.hasPrefix("."), facts[.type] as? FileAttributeType == .typeRegular else { return nil }
      return (name, path)
    }
  }

  /// What a file system cannot give, as a fault of the theme.
  private static func reading<Value>(_ name: String, _ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      let reason = cause.map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription
      throw Refusal(.invalid, "\(name) cannot be read: \(reason)", hint: "Look at its owner and its mode.")
    }
  }
}

/// A file of the theme, under a name that changes with what is in it, so that it may be kept for ever.
struct ThemeFile: Sendable {
  let bytes: [UInt8]
  /// A few letters that tell one state of it from another.
  let stamp: String

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // FNV-1a, which is enough to tell the states of one file apart.
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    stamp = String(hash, radix: 36)
  }

  /// What a file of a name is called on the site: `style.css` is `style.2k9f.css`.
  func name(for name: String) -> String {
    let (stem, ending) = name.lastIndex(of: ".").map { (name[..<$0], name[$0...]) } ?? (name[...], "")
    return "\(stem).\(stamp)\(ending)"
  }
}
