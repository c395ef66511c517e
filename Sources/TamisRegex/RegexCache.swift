import TamisModel

/// Compiled patterns by their text: planning compiles a query's pattern, and what runs the query finds it here, be it a
/// predicate in memory or a function that SQLite calls for every row.
///
/// Bounded: the least recently used make room for new ones.
package final class RegexCache: Sendable {
  package static let shared = RegexCache(capacity: 64)

  private struct Entry {
    var pattern: [UInt8]
    var matcher: RegexMatcher
  }

  private let capacity: Int
  /// The most recently used first. So few that a search is cheaper than a table kept in order of use.
  private let entries = Guarded<[Entry]>([])

  package init(capacity: Int) {
    self.capacity = Swift.max(1, capacity)
  }

  package var count: Int { entries.withLock { $0.count } }

  /// The pattern's matcher, compiled now unless it is known.
  package func matcher(for pattern: [UInt8]) throws(RegexFault) -> RegexMatcher {
    if let known = known(pattern) { return known }
    // Outside of the lock: nobody waits for another's pattern. Two may compile the same one; either serves.
    let matcher = try RegexMatcher(pattern)
    entries.withLock { entries in
      entries.insert(Entry(pattern: pattern, matcher: matcher), at: 0)
      if entries.count > capacity { entries.removeLast() }
    }
    return matcher
  }

  private func known(_ pattern: [UInt8]) -> RegexMatcher? {
    entries.withLock { entries in
      guard let index = entries.firstIndex(where: { $0.pattern == pattern }) else { return nil }
      if index > 0 { entries.insert(entries.remove(at: index), at: 0) }
      return entries[0].matcher
    }
  }
}
