import TamisModel

/// Scratch memory of matches that are over, for those to come: making it anew costs more than a match does.
final class RegexScratchPool: Sendable {
  static let shared = RegexScratchPool()

  /// Kept for later. What is beyond is freed, so that a burst of threads leaves little behind.
  private static let capacity = 8
  private let free = Guarded<[RegexScratch]>([])

  func take() throws(RegexFailure) -> RegexScratch {
    if let scratch = free.withLock({ $0.popLast() }) { return scratch }
    return try RegexScratch()
  }

  func giveBack(_ scratch: RegexScratch) {
    free.withLock { if $0.count < Self.capacity { $0.append(scratch) } }
  }
}
