// swift-tools-version: 6.2
import PackageDescription

let tamis = Target.Dependency.product(name: "Tamis", package: "tamis")
let catalog = Target.Dependency.product(name: "TamisCatalog", package: "tamis")

let package = Package(
  name: "tamis-benchmarks",
  dependencies: [
    .package(name: "tamis", path: "../..", traits: []),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "BenchmarkQueries", dependencies: [tamis, catalog]),
    .executableTarget(name: "CompileLoop", dependencies: ["BenchmarkQueries"]),
    .executableTarget(name: "StructLoop", dependencies: [tamis]),
    .executableTarget(name: "Complexity", dependencies: [tamis, catalog]),
    .executableTarget(
      name: "CompileBenchmark",
      dependencies: ["BenchmarkQueries", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/CompileBenchmark",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
