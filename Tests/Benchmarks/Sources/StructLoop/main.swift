// Filters balances in memory: a compiled request beside the loop that one would write by hand and beside a tree of
// closures, in one run. `StructLoop [ROWS]` prints millions of rows a second, the fastest of several rounds.
import Glibc
import Tamis

struct Disagreement: Error {
  var filter: String
  var counts: [Int]
}

let rowCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
let rows = Balance.generate(rowCount)
let compiler = QueryCompiler(resource: Balance.resource)
print("\(rowCount) rows of \(MemoryLayout<Balance>.stride) bytes")
print("filter   share  by hand  tamis  ratio  functions  ratio  closures  ratio")

/// Of this process, so that others on the machine count less.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Millions of rows a second, and the count.
func measure(_ rounds: Int = 9, _ work: () throws -> Int) rethrows -> (Double, Int) {
  var best = Double.infinity
  var count = 0
  for _ in 0..<rounds {
    let start = processorSeconds()
    count = try work()
    best = min(best, processorSeconds() - start)
  }
  return (Double(rowCount) / best / 1e6, count)
}

func column(_ number: Double, _ width: Int) -> String {
  let text = String(Double(Int(number * 100)) / 100)
  return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

// `StructLoop 100000 F1 20` runs only Tamis, so many times, for a profiler.
let arguments = CommandLine.arguments
if arguments.count > 3, let filter = Filter.all(rows).first(where: { $0.name == arguments[2] }) {
  let predicate = try compiler.compile(filter.request, dialect: filter.dialect)
    .predicate(for: arguments.count > 4 ? Balance.functions : Balance.shape)
  var total = 0
  for _ in 0..<(Int(arguments[3]) ?? 1) { total += try predicate.count(in: rows) }
  print(total)
  exit(0)
}

for filter in Filter.all(rows) {
  let query = try compiler.compile(filter.request, dialect: filter.dialect)
  let stored = try query.predicate(for: Balance.shape)
  let called = try query.predicate(for: Balance.functions)
  let (hand, count) = measure { filter.count(rows) }
  let (tamis, first) = try measure { try stored.count(in: rows) }
  let (functions, second) = try measure(3) { try called.count(in: rows) }
  let (closures, third) = measure(3) {
    var count = 0
    for row in rows where filter.tree(row) { count += 1 }
    return count
  }
  guard first == count, second == count, third == count else {
    throw Disagreement(filter: filter.name, counts: [count, first, second, third])
  }
  let share = Double(count) * 100 / Double(rowCount)
  print(
    "\(filter.name)    \(column(share, 6))%\(column(hand, 9))\(column(tamis, 7))\(column(tamis / hand, 7))"
      + "\(column(functions, 11))\(column(functions / hand, 7))\(column(closures, 10))\(column(closures / hand, 7))"
  )
}
