// swift-tools-version: 6.2
import PackageDescription

/// One set of language settings for every room of the house.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room: a target of the package with the rooms it may import. SwiftPM refuses every other import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "sen",
  targets: [
    room("Vietnamese"),
    room("ContentModel", ["Vietnamese"]),
    tests("VietnameseTests", ["Vietnamese"]),
  ],
  swiftLanguageModes: [.v6]
)
