// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "tamis-fuzzers",
  // With GRDB, which the equivalence target runs SQLite by.
  dependencies: [.package(name: "tamis", path: "..", traits: ["CommandLine"])],
  targets: [
    .executableTarget(
      name: "TamisFuzz", dependencies: [.product(name: "TamisFuzzing", package: "tamis")])
  ]
)
