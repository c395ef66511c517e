/// Changes one byte of a text: what is no sentence is nearly one, and the other way round.
public struct SentenceEditor: Sendable {
  /// Bytes that mean something to a grammar, which are inserted more often than others.
  private let pool: [UInt8]

  public init(pool: [UInt8]) {
    self.pool = pool
  }

  /// The text with one byte inserted, deleted, replaced, or exchanged with the next one.
  public func edit(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    var bytes = text
    // The end of a request lies in a value, where a change is seldom a mistake.
    let place =
      random.chance(25)
      ? Swift.max(0, bytes.count - random.below(4)) : random.below(bytes.count + 1)
    switch random.below(4) {
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2 where place < bytes.count: bytes[place] = byte(&random)
    case 3 where place + 1 < bytes.count: bytes.swapAt(place, place + 1)
    default: bytes.insert(byte(&random), at: place)
    }
    return bytes
  }

  private func byte(_ random: inout RandomSource) -> UInt8 {
    random.chance(80) && !pool.isEmpty ? random.pick(pool) : UInt8(truncatingIfNeeded: random.next())
  }
}
