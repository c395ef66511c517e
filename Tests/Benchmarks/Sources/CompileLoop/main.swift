// Compiles one query a number of times: `CompileLoop q3 1000`. For valgrind, which counts instructions
// (--tool=callgrind) and allocations (--tool=dhat): the difference of two run lengths is the cost of one.
// Without a count it times rounds and prints the fastest, beside the peer.
import BenchmarkQueries

let arguments = CommandLine.arguments
guard arguments.count >= 2, let query = BenchmarkQuery.all.first(where: { $0.name == arguments[1] }) else {
  print("usage: CompileLoop q1|q3|q10 [COUNT]")
  throw UsageError()
}

struct UsageError: Error {}

if arguments.count > 2, let count = Int(arguments[2]) {
  var total = 0
  for _ in 0..<count { total &+= try query.compile() }
  print(total)
} else {
  let clock = ContinuousClock()
  var best = Duration.seconds(1_000)
  for _ in 0..<20 {
    best = try min(best, clock.measure { for _ in 0..<20_000 { _ = try query.compile() } })
  }
  let nanoseconds = Double(best.components.attoseconds) / 1e9 / 20_000
  let ratio = query.peerNanoseconds / nanoseconds
  print("\(query.name): \(Int(nanoseconds)) ns, \(Double(Int(ratio * 10)) / 10) times the peer's speed")
}
