/// Finds what was probably meant: the candidate with the smallest edit distance, if it is small enough.
package enum NearestName {
  /// Nil when no candidate is near: more than a third of the name would have to change.
  /// Only short names are compared, so that a hostile one costs nothing.
  package static func find(_ name: String, among candidates: [String]) -> String? {
    let target = Array(name.utf8.prefix(65))
    guard !target.isEmpty, target.count <= 64 else { return nil }
    let allowed = Swift.max(1, Swift.min(3, target.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates.prefix(500) where abs(candidate.utf8.count - target.count) <= allowed {
      let distance = distance(target, Array(candidate.utf8))
      if distance <= allowed, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Insertions, deletions, substitutions and swaps of neighbours; letter case alone costs nothing.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    let left = left.map(fold)
    let right = right.map(fold)
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var best = Swift.min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = Swift.min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }

  private static func fold(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }
}
