/// An order by chance that can be repeated: `sort=random`. Records are ordered by a keyed hash of their primary key,
/// so one seed gives one order, on every engine, and two seeds give two.
///
/// Keys before it count first; after it only the primary key, for hashes that are equal.
public struct RandomOrder: Sendable {
  /// What clients write for it, where the resource allows it.
  package static let name = "random"

  public var seed: UInt64
  /// How many of the query's sort keys come before it.
  public var position: Int
  /// Where the client wrote it; does not count for equality.
  public var span: SourceSpan

  public init(seed: UInt64, position: Int, span: SourceSpan = SourceSpan(0, 0)) {
    self.seed = seed
    self.position = position
    self.span = span
  }
}

extension RandomOrder: Hashable {
  public static func == (left: RandomOrder, right: RandomOrder) -> Bool {
    left.seed == right.seed && left.position == right.position
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(seed)
    hasher.combine(position)
  }
}

/// The keyed hash of a primary key, below 2³¹, in arithmetic that every engine has: whole numbers that stay within 64
/// bits, modulo the prime 2³¹ - 1.
///
/// A number is cut into four of 16 bits and each multiplied by a factor of its own; a text is a polynomial over its
/// characters. The sum is then raised to the fifth power twice, which is one-to-one modulo this prime.
package struct RandomRank: Sendable {
  package static let prime: Int64 = 2_147_483_647

  /// What mixes in the end: added first, multiplied in between.
  package let addend: Int64
  package let multiplier: Int64
  private let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
    addend = Self.factor(0, seed)
    multiplier = Self.factor(1, seed)
  }

  /// The five factors of one part of a key. A text uses the first two.
  package func factors(ofPart index: Int) -> [Int64] {
    (0..<5).map { Self.factor(2 + index * 5 + $0, seed) }
  }

  /// From 1 to below the prime: SplitMix64, the output of a given number.
  private static func factor(_ index: Int, _ seed: UInt64) -> Int64 {
    var mixed = seed &+ UInt64(truncatingIfNeeded: index &+ 1) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int64(mixed % UInt64(prime - 1)) + 1
  }

  /// The place of a record with this primary key.
  package func rank(of key: [Value?]) -> Int64 {
    var sum: Int64 = 0
    for (index, value) in key.enumerated() { sum = (sum + hash(value, factors(ofPart: index))) % Self.prime }
    let first = Self.fifthPower((sum + addend) % Self.prime)
    return Self.fifthPower((first * multiplier + addend) % Self.prime)
  }

  private func hash(_ value: Value?, _ factors: [Int64]) -> Int64 {
    switch value {
    case .integer(let number): Self.hash(number, factors)
    case .date(let date): Self.hash(date.daysSinceEpoch, factors)
    case .timestamp(let instant): Self.hash(instant.microseconds, factors)
    case .boolean(let flag): Self.hash(flag ? 1 : 0, factors)
    case .text(let text), .json(let text), .enumeration(let text): Self.hash(text.unicodeScalars, factors)
    case .decimal(let number): Self.hash(number.text.unicodeScalars, factors)
    case .uuid(let text): Self.hash(text.unicodeScalars.filter { $0 != "-" }, factors)
    case .argument, nil: 0
    }
  }

  private static func hash(_ number: Int64, _ factors: [Int64]) -> Int64 {
    var sum = factors[4]
    for limb in 0..<4 { sum += (number >> Int64(16 * limb) & 0xFFFF) * factors[limb] }
    return sum % prime
  }

  private static func hash(_ text: some Sequence<Unicode.Scalar>, _ factors: [Int64]) -> Int64 {
    var sum = factors[0]
    for scalar in text {
      // SQLite reads the two noncharacters as U+FFFD.
      let code = scalar.value | 1 == 0xFFFF ? 0xFFFD : scalar.value
      sum = (sum * factors[1] + Int64(code) + 1) % prime
    }
    return sum
  }

  private static func fifthPower(_ number: Int64) -> Int64 {
    let square = number * number % prime
    return square * square % prime * number % prime
  }
}

extension Query {
  /// The rank of the record that a place is beside.
  package func rank(of boundary: KeysetBoundary, _ order: RandomOrder) -> Int64 {
    let keys = sort
    let key: [Value?] = resource.primaryKey.map { field in
      guard let index = keys.firstIndex(where: { $0.field == field }), boundary.values.indices.contains(index)
      else { return nil }
      return boundary.values[index]
    }
    return RandomRank(seed: order.seed).rank(of: key)
  }
}
