// Compiles one query a number of times: `CompileLoop q3 1000`, or `CompileLoop q3 1000 anew` without the cache of
// statements. For valgrind, which counts instructions (--tool=callgrind) and allocations (--tool=dhat): the difference
// of two run lengths is the cost of one.
// Without a count it times rounds and prints the fastest, beside the peer.
import BenchmarkQueries
import Tamis

let arguments = CommandLine.arguments
guard arguments.count >= 2, let query = BenchmarkQuery.all.first(where: { $0.name == arguments[1] }) else {
  print("usage: CompileLoop q1|q3|q10 [COUNT [anew]]")
  throw UsageError()
}

struct UsageError: Error {}

/// Nanoseconds of the fastest round. Rounds are short, so that some have the processor for themselves on a busy
/// machine.
func fastest(_ compiler: QueryCompiler) throws -> Double {
  let clock = ContinuousClock()
  var best = Duration.seconds(1_000)
  for _ in 0..<2_000 {
    best = try min(best, clock.measure { for _ in 0..<200 { _ = try query.compile(with: compiler) } })
  }
  return Double(best.components.attoseconds) / 1e9 / 200
}

func report(_ name: String, _ nanoseconds: Double) {
  let ratio = Double(Int(query.peerNanoseconds / nanoseconds * 10)) / 10
  print("\(query.name), \(name): \(Int(nanoseconds)) ns, \(ratio) times the peer's speed")
}

if arguments.count > 2, let count = Int(arguments[2]) {
  let compiler = arguments.count > 3 ? BenchmarkQuery.forgetful : BenchmarkQuery.compiler
  var total = 0
  for _ in 0..<count { total &+= try query.compile(with: compiler) }
  print(total)
} else {
  report("shape known", try fastest(BenchmarkQuery.compiler))
  report("written anew", try fastest(BenchmarkQuery.forgetful))
}
