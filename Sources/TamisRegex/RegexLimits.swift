/// What one pattern and one match may cost. A match that reaches a limit is an error, never "no match".
package enum RegexLimits {
  /// Steps of one match: `(a+)+$` over a row of a's takes them in a few milliseconds.
  package static let steps: UInt32 = 200_000
  /// Places to return to that are open at one time.
  package static let depth: UInt32 = 50_000
  /// Memory of one match, in KiB.
  package static let heapKibibytes: UInt32 = 4_096
  /// Groups inside groups.
  package static let nesting: UInt32 = 50
  /// Bytes of a pattern, whatever a resource allows.
  package static let patternBytes = 8_192
}
