// swift-tools-version: 6.2
import PackageDescription

/// Every target is Swift 6, refuses warnings, and marks unsafe code.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["CommandLine"]))
let grdb = Target.Dependency.product(
  name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["CommandLine"]))
let crypto = Target.Dependency.product(
  name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Crypto"]))

let hummingbird: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
  .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Hummingbird"])),
  .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
]

let package = Package(
  name: "tamis",
  products: [
    .library(name: "Tamis", targets: ["Tamis"]),
    .library(name: "TamisCatalog", targets: ["TamisCatalog"]),
    .library(name: "TamisResources", targets: ["TamisResources"]),
    .library(name: "TamisCrypto", targets: ["TamisCrypto"]),
    .library(name: "TamisHummingbird", targets: ["TamisHummingbird"]),
    .library(name: "TamisTesting", targets: ["TamisTesting"]),
    .library(name: "TamisFuzzing", targets: ["TamisFuzzing"]),
    .executable(name: "tamis", targets: ["TamisCommand"]),
  ],
  traits: [
    .trait(name: "CommandLine", description: "The command line tool and the packages it uses."),
    .trait(name: "Crypto", description: "HMAC-SHA256 for cursors, in TamisCrypto."),
    .trait(name: "Hummingbird", description: "Lists of Hummingbird servers, in TamisHummingbird."),
    .default(enabledTraits: ["CommandLine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "TamisModel", swiftSettings: strict),
    .target(name: "TamisRegex", dependencies: ["TamisModel", "CPCRE2"], swiftSettings: strict),
    .target(name: "TamisJSON", dependencies: ["TamisModel"], swiftSettings: strict),
    .target(name: "TamisSyntax", dependencies: ["TamisModel", "TamisJSON"], swiftSettings: strict),
    .target(
      name: "TamisPlanner", dependencies: ["TamisModel", "TamisJSON", "TamisRegex", "TamisSyntax"],
      swiftSettings: strict),
    .target(
      name: "TamisPrinting", dependencies: ["TamisModel", "TamisJSON", "TamisSyntax", "TamisPlanner"],
      swiftSettings: strict),
    .target(
      name: "TamisSQL", dependencies: ["TamisModel", "TamisJSON", "TamisRegex"], swiftSettings: strict),
    .target(
      name: "TamisMemory", dependencies: ["TamisModel", "TamisJSON", "TamisRegex"], swiftSettings: strict),
    .target(
      name: "TamisReport",
      dependencies: ["TamisModel", "TamisJSON", "TamisSyntax", "TamisPlanner", "TamisSQL", "TamisMemory"],
      swiftSettings: strict),
    .target(
      name: "Tamis",
      dependencies: [
        "TamisModel", "TamisSyntax", "TamisPlanner", "TamisPrinting", "TamisSQL", "TamisMemory",
        "TamisReport",
      ],
      swiftSettings: strict),
    .target(name: "TamisCrypto", dependencies: ["TamisModel", crypto], swiftSettings: strict),
    .target(name: "TamisCatalog", dependencies: ["TamisModel"], swiftSettings: strict),
    .target(
      name: "TamisResources",
      dependencies: ["TamisModel", "TamisJSON", "TamisSyntax", "TamisPlanner", "TamisSQL"],
      exclude: ["resource.schema.json"], swiftSettings: strict),
    .target(
      name: "TamisHummingbird", dependencies: ["Tamis", "TamisReport"] + hummingbird, swiftSettings: strict),
    .target(
      name: "TamisTesting",
      dependencies: ["TamisModel", "TamisJSON", "TamisSyntax", "TamisSQL", "Tamis"], swiftSettings: strict),
    .target(name: "TamisGRDB", dependencies: ["TamisSQL", grdb], swiftSettings: strict),
    .target(
      name: "TamisFuzzing",
      dependencies: [
        "Tamis", "TamisModel", "TamisJSON", "TamisSyntax", "TamisPlanner", "TamisSQL", "TamisMemory",
        "TamisRegex", "TamisCatalog", "TamisResources", "TamisTesting", "TamisGRDB",
        grdb,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "TamisCommand",
      dependencies: [
        "Tamis", "TamisJSON", "TamisSQL", "TamisMemory", "TamisReport", "TamisCatalog", "TamisResources",
        "TamisGRDB", argumentParser, grdb,
      ],
      swiftSettings: strict),
    .systemLibrary(
      name: "CLibPQ", path: "Tests/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "TamisEngines",
      dependencies: [
        "Tamis", "TamisPlanner", "TamisMemory", "TamisSQL", "TamisResources", "TamisTesting", "TamisGRDB",
        "CLibPQ", grdb,
      ],
      path: "Tests/TamisEngines", swiftSettings: strict),
    .executableTarget(
      name: "tamis-differ", dependencies: ["TamisEngines", argumentParser], path: "Tests/TamisDiffer",
      swiftSettings: strict),
    .testTarget(
      name: "TamisCryptoTests", dependencies: ["TamisCrypto", "Tamis", crypto], swiftSettings: strict),
    .testTarget(
      name: "TamisHummingbirdTests", dependencies: ["TamisHummingbird", "Tamis"] + hummingbird,
      swiftSettings: strict),
    .testTarget(name: "TamisModelTests", dependencies: ["TamisModel"], swiftSettings: strict),
    .testTarget(
      name: "TamisSyntaxTests", dependencies: ["TamisSyntax", "TamisJSON", "TamisTesting"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "TamisGrammarTests",
      dependencies: ["TamisTesting", "TamisSyntax", "TamisPlanner", "TamisPrinting", "Tamis"],
      swiftSettings: strict),
    .testTarget(
      name: "TamisRegexTests", dependencies: ["TamisRegex", "TamisTesting"], swiftSettings: strict),
    .testTarget(
      name: "TamisPlannerTests", dependencies: ["TamisPlanner", "TamisTesting"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "TamisSQLTests", dependencies: ["TamisSQL", "TamisTesting", "CLibPQ", grdb], swiftSettings: strict
    ),
    .testTarget(
      name: "TamisMemoryTests", dependencies: ["TamisMemory", "TamisJSON", "TamisTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "TamisReportTests",
      dependencies: [
        "Tamis", "TamisReport", "TamisPlanner", "TamisJSON", "TamisCatalog", "TamisTesting", "TamisGRDB",
        grdb,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TamisTests",
      dependencies: [
        "Tamis", "TamisPlanner", "TamisCatalog", "TamisTesting", "TamisFuzzing", "TamisMemory",
        "TamisResources", "TamisEngines", "TamisGRDB", grdb,
      ],
      exclude: ["Fixtures", "Goldens"], swiftSettings: strict),
    .testTarget(
      name: "TamisResourcesTests",
      dependencies: [
        "TamisResources", "Tamis", "TamisPlanner", "TamisJSON", "TamisCatalog", "TamisTesting",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "TamisCommandTests",
      dependencies: [
        "TamisCommand", "TamisCatalog", "TamisReport", "TamisResources", "TamisTesting", "TamisGRDB",
        argumentParser, grdb,
      ],
      swiftSettings: strict),
  ]
)
