import Tamis

/// An input: four bytes that choose from the registry, and the rest. All targets but `resource` begin so, and their
/// corpora may be given to one another.
struct FuzzInput {
  let groundIndex: Int
  let dialect: QueryDialect
  let compiler: QueryCompiler
  /// Of the fourth byte's choice.
  let engine: SQLDialect
  /// After the four bytes.
  private(set) var rest: ArraySlice<UInt8>

  var ground: FuzzGround { FuzzRegistry.grounds[groundIndex] }
  var isStrict: Bool { compiler.policy == .strict }

  /// Nil for an input that is too short to choose.
  init?(_ input: [UInt8]) {
    guard input.count >= 4 else { return nil }
    groundIndex = Int(input[0]) % FuzzRegistry.grounds.count
    dialect = Self.choice(FuzzRegistry.queryDialects, input[1])
    compiler = FuzzRegistry.grounds[groundIndex].compiler(Self.choice(FuzzRegistry.policies, input[2]))
    engine = Self.choice(FuzzRegistry.engines, input[3])
    rest = input[4...]
  }

  private static func choice<Element>(_ elements: [Element], _ byte: UInt8) -> Element {
    elements[Int(byte) % elements.count]
  }

  /// The next byte of the rest; 0 where there is none.
  mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

  /// What stands before the first NUL, and what stands after it. No request has a NUL of its own: it is refused.
  var halves: (first: [UInt8], second: [UInt8]) {
    guard let place = rest.firstIndex(of: 0) else { return (Array(rest), []) }
    return (Array(rest[..<place]), Array(rest[(place + 1)...]))
  }

  /// The same random order for all inputs.
  static let randomSeed: UInt64 = 7

  func compile(_ request: [UInt8], as dialect: QueryDialect? = nil) throws(QueryError) -> CompiledQuery {
    try compiler.compile(
      bytes: request, dialect: dialect ?? self.dialect, scope: ground.scope, randomSeed: Self.randomSeed)
  }
}
