// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "tamis-server",
  dependencies: [
    .package(name: "tamis", path: "../..", traits: ["Hummingbird", "Crypto"]),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .executableTarget(
      name: "Server",
      dependencies: [
        "CLibPQ",
        .product(name: "Tamis", package: "tamis"),
        .product(name: "TamisCatalog", package: "tamis"),
        .product(name: "TamisCrypto", package: "tamis"),
        .product(name: "TamisHummingbird", package: "tamis"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
  ]
)
