// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "tamis-fuzzers",
  dependencies: [.package(name: "tamis", path: "..", traits: [])],
  targets: [
    .executableTarget(
      name: "TamisFuzz", dependencies: [.product(name: "TamisFuzzing", package: "tamis")])
  ]
)
