/// Why a pattern is refused, and which of its bytes are at fault.
package struct RegexFault: Error, Hashable, Sendable {
  /// A sentence without a full stop.
  package var reason: String
  /// Bytes of the pattern; empty at its end where something is missing.
  package var bytes: Range<Int>

  package init(reason: String, bytes: Range<Int>) {
    self.reason = reason
    self.bytes = bytes
  }
}

/// Why a text could be neither matched nor not matched.
package enum RegexFailure: Error, Hashable, Sendable {
  /// The matcher gave up: the pattern tries the text in too many ways.
  case limit
  /// What PCRE2 says of itself or of the text, by its own number.
  case engine(Int32)
}
