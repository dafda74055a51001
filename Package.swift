// swift-tools-version: 6.2
import PackageDescription

/// One set of language settings for every room of the house.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

/// What carries HTTP: Hummingbird's core and the parts of it that have names of their own. Only `WebServer` sees them.
let http: [Target.Dependency] = [
  .product(name: "HummingbirdCore", package: "hummingbird"),
  .product(name: "HTTPTypes", package: "swift-http-types"),
  .product(name: "Logging", package: "swift-log"),
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
  .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
  .product(name: "NIOExtras", package: "swift-nio-extras"),
]

/// A room: a target of the package with the rooms it may import. SwiftPM refuses every other import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A first-party plugin, built with exactly the access that a third party has.
func plugin(_ name: String) -> Target {
  .target(
    name: name, dependencies: ["SenKernel", grdb], path: "Plugins/\(name)", packageAccess: false,
    swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The readers of foreign files under fuzz: tests like others, or, where `make fuzz` asks for it, a program whose main
/// function is libFuzzer's.
let isFuzzing = Context.environment["SEN_FUZZ"] != nil
let fuzzed: [Target.Dependency] = [
  "Vietnamese", "ContentModel", "Grammar", "Formats", "Storage", "SenKernel", "SenTesting", "Pictures", "CGD",
  "News", "Polls", "Gallery", "Links", "Weather", "Exchange", "Pages", "Menus", "Banners", "Documents",
  "Questions", "Visits", "Hypertext", grdb,
]
let fuzz: Target =
  isFuzzing
  ? .executableTarget(
    name: "fuzz", dependencies: fuzzed, path: "Tests/FuzzTests",
    exclude: ["Seeds", "Found", "FuzzTests.swift", "Damage.swift"],
    sources: ["Readers", "Engine"], swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
  : .testTarget(
    name: "FuzzTests", dependencies: fuzzed, exclude: ["Seeds", "Found", "Engine"], swiftSettings: strict)

let package = Package(
  name: "sen",
  products: [
    .library(name: "SenKernel", targets: ["SenKernel"]),
    .library(name: "SenTesting", targets: ["SenTesting"]),
    .executable(name: "sen", targets: ["sen"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
  ],
  targets: [
    .systemLibrary(name: "CDigest", path: "Sources/CDigest"),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
    .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
    .target(name: "CGD", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    .target(name: "CSQLiteSession", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "CGumbo", linkerSettings: [.linkedLibrary("gumbo")]),
    .target(
      name: "CMarkdown",
      linkerSettings: [.linkedLibrary("cmark-gfm-extensions"), .linkedLibrary("cmark-gfm")]),
    room("Locks"),
    room("Templates"),
    room("Vietnamese"),
    room("ContentModel", ["Locks", "Vietnamese"]),
    room("Grammar", ["ContentModel"]),
    room("Formats", ["ContentModel", "CDigest", .product(name: "Yams", package: "Yams")]),
    room(
      "Storage",
      [
        "ContentModel", "Vietnamese", "CSQLiteSession", grdb,
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    room("SenKernel", ["ContentModel", "Vietnamese", "Grammar", "Formats", "Storage", grdb]),
    room("Web", ["Locks", "CDigest", "CZlib"]),
    room("WebServer", ["Locks", "Web"] + http),
    room("Console", ["ContentModel", "Formats", "CReadline"]),
    room("Fetching", ["SenKernel"]),
    room("StaticSite", ["Rendering", "SenKernel", "Storage", "Formats", grdb]),
    .target(
      name: "Rendering",
      dependencies: [
        "SenKernel", "ContentModel", "Vietnamese", "Storage", "Formats", "Hypertext", "Templates", grdb,
      ], resources: [.embedInCode("Theme")], swiftSettings: strict),
    room("ReadAPI", ["Web", "Rendering", "SenKernel", grdb]),
    room(
      "LiveSite", ["Web", "Rendering", "ReadAPI", "SenKernel", "Storage", "ContentModel", "Formats", grdb]),
    room("Pictures", ["SenKernel", "CGD"]),
    room("Hypertext", ["CGumbo", "CMarkdown"]),
    room(
      "SenTesting",
      [
        "ContentModel", "Vietnamese", "Grammar", "Formats", "Storage", "SenKernel", "Pictures", "Rendering",
        grdb,
      ]),
    plugin("News"),
    plugin("Polls"),
    plugin("Gallery"),
    plugin("Links"),
    plugin("Weather"),
    plugin("Exchange"),
    plugin("Pages"),
    plugin("Menus"),
    plugin("Banners"),
    plugin("Documents"),
    plugin("Questions"),
    plugin("Visits"),
    .executableTarget(
      name: "sen",
      dependencies: [
        "SenKernel", "Console", "Fetching", "Pictures", "Rendering", "StaticSite", "ReadAPI", "LiveSite",
        "Web",
        "WebServer", "Grammar", "Formats", "ContentModel", "News", "Polls",
        "Gallery", "Links", "Weather", "Exchange", "Pages", "Menus", "Banners", "Documents", "Questions",
        "Visits", "CMalloc", grdb,
      ],
      swiftSettings: strict),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    tests(
      "ConsoleTests",
      ["Console", "ContentModel", "Formats", "SenTesting", "CReadline", "CPseudoTerminal", "sen"]),
    .testTarget(
      name: "HypertextTests", dependencies: ["Hypertext", "CGumbo"], exclude: ["Fixtures"],
      swiftSettings: strict),
    tests("VietnameseTests", ["Vietnamese"]),
    tests("ContentModelTests", ["ContentModel"]),
    tests("GrammarTests", ["Grammar", "ContentModel"]),
    tests("FormatsTests", ["Formats", "ContentModel", .product(name: "Yams", package: "Yams")]),
    tests("StorageTests", ["Storage", "ContentModel", grdb]),
    tests(
      "SenKernelTests",
      ["SenKernel", "SenTesting", "Grammar", "News", "Polls", "Storage", "ContentModel", "Formats", grdb]),
    tests(
      "ReliabilityTests",
      [
        "SenKernel", "SenTesting", "Storage", "ContentModel", "Formats", "News", "Polls", "CPseudoTerminal",
        "sen",
        grdb,
      ]),
    tests("WebTests", ["Web"]),
    tests("TemplatesTests", ["Templates"]),
    tests(
      "LiveSiteTests",
      [
        "LiveSite", "StaticSite", "Web", "WebServer", "SenKernel", "SenTesting", "News", "Polls", "Gallery",
        "Links", "Questions", "Visits", "Documents", grdb,
      ]),
    tests(
      "ReadAPITests",
      [
        "ReadAPI", "LiveSite", "Web", "Rendering", "SenKernel", "SenTesting", "ContentModel", "Formats",
        "News",
        "Polls", "Gallery", "Links", "Weather", "Exchange", "Pages", "Menus", "Banners", "Documents",
        "Questions", "Visits", grdb,
      ]),
    tests("WebServerTests", ["Web", "WebServer"]),
    tests("FetchingTests", ["Fetching", "SenKernel", "SenTesting"]),
    tests("LinksTests", ["Links", "Rendering", "Fetching", "SenKernel", "SenTesting", grdb]),
    tests("PollsTests", ["Polls", "SenKernel", "SenTesting"]),
    tests("NewsTests", ["News", "SenKernel", "SenTesting"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: [
        "Rendering", "StaticSite", "SenKernel", "SenTesting", "ContentModel", "Grammar", "Formats", "Storage",
        "Pictures",
        "News", "Polls",
        "Gallery", "Links", "Weather", "Exchange", "Pages", "Menus", "Banners", "Documents", "Questions",
        "Visits", grdb,
      ], exclude: ["Golden"], swiftSettings: strict),
    tests("PagesTests", ["Pages", "SenKernel", "SenTesting"]),
    tests("MenusTests", ["Menus", "Pages", "SenKernel", "SenTesting"]),
    tests("BannersTests", ["Banners", "SenKernel", "SenTesting", grdb]),
    tests("WeatherTests", ["Weather", "SenKernel", "SenTesting", "Fetching", "ContentModel", grdb]),
    tests("ExchangeTests", ["Exchange", "SenKernel", "SenTesting", "Fetching", "ContentModel", grdb]),
    tests("DocumentsTests", ["Documents", "SenKernel", "SenTesting", "Fetching", "ContentModel", grdb]),
    tests(
      "QuestionsTests",
      ["Questions", "Rendering", "SenKernel", "SenTesting", "Fetching", "ContentModel", grdb]),
    tests("VisitsTests", ["Visits", "SenKernel", "SenTesting", "Fetching", "ContentModel", grdb]),
    tests("PicturesTests", ["Pictures", "SenKernel", "CGD"]),
    tests("GalleryTests", ["Gallery", "Pictures", "Rendering", "SenKernel", "SenTesting"]),
    tests(
      "HouseTests",
      [
        "SenKernel", "SenTesting", "ContentModel", "Grammar", "sen", "News", "Polls", "Gallery", "Links",
        "Weather", "Exchange", "Pages", "Menus", "Banners", "Documents", "Questions", "Visits", "StaticSite",
        "Pictures", grdb,
      ]),
    fuzz,
  ],
  swiftLanguageModes: [.v6]
)
