import Benchmark
import BenchmarkQueries

let benchmarks: @Sendable () -> Void = {
  for query in BenchmarkQuery.all {
    Benchmark(
      "compile \(query.name)", configuration: .init(metrics: [.wallClock, .throughput], scalingFactor: .kilo)
    ) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try query.compile(with: BenchmarkQuery.compiler)) }
    }
  }
}
