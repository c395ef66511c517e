/// A regular expression, ready to match: PCRE2's syntax and meaning, over UTF-8, found anywhere in the text.
///
/// `\d`, `\w`, `\s`, `\b` and the POSIX classes know ASCII only. A pattern may begin with `(?i)`: ASCII letters then
/// match in either case and nothing else is folded, which is what case-insensitive means everywhere here. PCRE2's own
/// folding is Unicode's, so such a pattern is spelled out first (`[Aa]`), which only the portable constructs can be.
///
/// Patterns are interpreted, not compiled to machine code. PCRE2's JIT matched 1.3 to 3 times as fast when it was
/// tried, but took many times as long to compile, which a query that sees few texts never earns back; it keeps neither
/// the depth nor the heap limit; and it would make machine code of what a client wrote.
package final class RegexMatcher: Sendable {
  private let code: RegexCode

  /// - Parameter isWhole: the whole of a text has to match, not a part of it.
  package init(_ pattern: [UInt8], isWhole: Bool = false) throws(RegexFault) {
    guard pattern.count <= RegexLimits.patternBytes else {
      throw RegexFault(
        reason: "more than \(RegexLimits.patternBytes) bytes", bytes: 0..<pattern.count)
    }
    try RegexGuard.check(pattern)
    let (written, isRewritten) = try Self.spelledOut(pattern)
    do {
      code = try RegexCode(written, isWhole: isWhole)
    } catch {
      throw isRewritten ? RegexFault(reason: error.reason, bytes: 0..<pattern.count) : error
    }
  }

  /// What PCRE2 is given, and whether that is another text than the pattern.
  private static func spelledOut(_ pattern: [UInt8]) throws(RegexFault) -> ([UInt8], Bool) {
    guard RegexSubset.ignoresCase(pattern) else { return (pattern, false) }
    do {
      let subset = try RegexSubset(pattern)
      return (RegexSubsetWriter.write(subset.root, as: .pcre2), true)
    } catch {
      // What is no pattern at all is PCRE2's to tell.
      _ = try RegexCode(pattern, isWhole: false)
      throw RegexFault(reason: "\(error.reason) can not stand after (?i)", bytes: error.bytes)
    }
  }

  /// Whether the pattern is found in the text, which is checked to be UTF-8.
  package func matches(_ text: Span<UInt8>) throws(RegexFailure) -> Bool {
    let scratch = try RegexScratchPool.shared.take()
    let isMatch = try code.matches(text, scratch)
    // Not after a failure: the memory that one may have grown to is not kept.
    RegexScratchPool.shared.giveBack(scratch)
    return isMatch
  }

  package func matches(_ text: String) throws(RegexFailure) -> Bool {
    try matches(text.utf8.span)
  }
}
