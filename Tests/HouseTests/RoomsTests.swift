import Foundation
import Testing

/// The rules of the house that the compiler alone does not hold.
struct RoomsTests {
  /// The folder of the package, found from this file.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What each room may import besides the system's modules; the layers of `Docs/Design.md`.
  static let allowed: [String: Set<String>] = [
    "Locks": [],
    "Templates": [],
    "Vietnamese": [],
    "ContentModel": ["Locks", "Vietnamese"],
    "Grammar": ["ContentModel"],
    "Formats": ["ContentModel", "CDigest", "Yams"],
    "Storage": ["ContentModel", "Vietnamese", "CSQLiteSession", "GRDB", "GRDBSQLite"],
    "SenKernel": ["ContentModel", "Vietnamese", "Grammar", "Formats", "Storage", "GRDB"],
    "Web": ["Locks", "CDigest", "CZlib"],
    "WebServer": [
      "Locks", "Web", "HummingbirdCore", "HTTPTypes", "Logging", "NIOCore", "NIOPosix", "NIOHTTP1",
      "NIOHTTPTypes",
      "NIOHTTPTypesHTTP1", "NIOExtras",
    ],
    "Console": ["ContentModel", "Formats", "CReadline"],
    "Fetching": ["ContentModel", "SenKernel"],
    "Pictures": ["SenKernel", "CGD"],
    "Hypertext": ["CGumbo", "CMarkdown"],
    "Rendering": [
      "SenKernel", "ContentModel", "Vietnamese", "Storage", "Formats", "Hypertext", "Templates", "GRDB",
    ],
    "StaticSite": ["Rendering", "SenKernel", "Storage", "Formats", "GRDB"],
    "ReadAPI": ["Web", "Rendering", "SenKernel", "GRDB"],
    "LiveSite": ["Web", "Rendering", "ReadAPI", "SenKernel", "Storage", "ContentModel", "Formats", "GRDB"],
    "SenTesting": [
      "ContentModel", "Vietnamese", "Grammar", "Formats", "Storage", "SenKernel", "Pictures", "Rendering",
      "GRDB",
    ],
  ]
  static let system: Set<String> = [
    "Foundation", "FoundationNetworking", "FoundationXML", "Glibc", "Synchronization", "Dispatch",
  ]

  @Test(arguments: allowed.keys.sorted())
  func aRoomImportsOnlyWhatIsBelowIt(room: String) throws {
    let allowed = try #require(Self.allowed[room]).union(Self.system)
    for (file, module) in try imports(in: "Sources/\(room)") {
      #expect(allowed.contains(module), "\(file) imports \(module)")
    }
  }

  @Test func aPluginImportsTheKernelAndNothingElse() throws {
    let found = try imports(in: "Plugins")
    #expect(!found.isEmpty)
    for (file, module) in found {
      #expect(
        ["SenKernel", "GRDB", "Foundation", "FoundationXML", "Synchronization"].contains(module),
        "\(file) imports \(module)")
    }
  }

  @Test func everyRoomHasItsRule() throws {
    let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.root.path + "/Sources")
    let others: Set = [
      "sen", "CDigest", "CGD", "CGumbo", "CMalloc", "CMarkdown", "CReadline", "CSQLiteSession", "CZlib",
    ]
    #expect(Set(rooms).subtracting(Self.allowed.keys) == others)
  }

  @Test func pluginsAreBuiltWithoutPackageAccess() throws {
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let plugin = try #require(manifest.range(of: "func plugin"))
    #expect(manifest[plugin.lowerBound...].prefix(300).contains("packageAccess: false"))
  }

  private func imports(in folder: String) throws -> [(file: String, module: String)] {
    let path = Self.root.appending(path: folder).path
    let files = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".swift") }
    return try files.flatMap { file in
      try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8).split(separator: "\n").compactMap {
        line in
        var words = line.split(separator: " ")[...]
        if ["public", "internal", "private", "@preconcurrency", "@testable"].contains(words.first) {
          words = words.dropFirst()
        }
        guard words.first == "import", let name = words.last, (2...3).contains(words.count) else {
          return nil
        }
        // `import struct Foundation.Date` names a module too.
        return (file, String(name.prefix { $0 != "." }))
      }
    }
  }
}
