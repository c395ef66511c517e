import TamisModel

/// A name as PHP takes it apart: `a[b][]=1` is `a`, the key `b`, and the next free number.
struct PHPName {
  enum Segment {
    case key(ParsedText)
    /// `[]`
    case next(SourceSpan)
  }

  var root: ParsedText
  var segments: [Segment] = []
  /// The whole name in the source.
  let span: SourceSpan
  /// More brackets than PHP reads.
  var isTooDeep = false
  /// What follows the last bracket that PHP reads.
  var dropped: SourceSpan?

  /// Nil for a name that PHP drops because nothing is left of it.
  init?(_ text: FormText, _ rules: PHPFormRules, _ query: inout ParsedQuery) {
    span = text.span(text.range)
    let start = Self.start(text, rules, query.buffer)
    var end = start
    while end < text.range.upperBound, query.buffer[end] != UInt8(ascii: "["),
      rules.rootNames == .kept || query.buffer[end] != 0
    {
      end += 1
    }
    guard end > start else { return nil }
    root = ParsedText(start: start, end: end, span: text.span(start..<end))
    // PHP: a name is a text of C.
    let stop = query.buffer[end..<text.range.upperBound].firstIndex(of: 0) ?? text.range.upperBound
    let isUnmatched = !readSegments(text, end..<stop, rules, query.buffer)
    if isUnmatched || rules.rootNames == .mangled {
      mangle(isUnmatched ? stop : end, rules, &query.buffer)
    }
  }

  // PHP: blanks that lead are no part of a name.
  private static func start(_ text: FormText, _ rules: PHPFormRules, _ buffer: [UInt8]) -> Int {
    guard rules.rootNames == .mangled else { return text.range.lowerBound }
    return buffer[text.range].firstIndex { $0 != UInt8(ascii: " ") } ?? text.range.upperBound
  }

  /// Gives whether the first bracket is a bracket at all.
  private mutating func readSegments(
    _ text: FormText, _ part: Range<Int>, _ rules: PHPFormRules, _ buffer: [UInt8]
  ) -> Bool {
    var index = part.lowerBound
    while index < part.upperBound, buffer[index] == UInt8(ascii: "[") {
      guard segments.count < rules.levels else {
        isTooDeep = true
        return true
      }
      let first = index + 1
      // PHP: `[ ]` is `[]`, for any one blank.
      let isBlank = first < part.upperBound && Self.isBlank(buffer[first])
      guard
        let closing = buffer[Swift.min(isBlank ? first + 1 : first, part.upperBound)..<part.upperBound]
          .firstIndex(of: UInt8(ascii: "]"))
      else {
        if index == part.lowerBound { return false }
        break
      }
      let isNext = closing == first || isBlank && closing == first + 1
      let span = text.span(first..<closing)
      segments.append(
        isNext
          ? .next(text.span(index..<closing + 1)) : .key(ParsedText(start: first, end: closing, span: span)))
      index = closing + 1
    }
    if index < part.upperBound { dropped = text.span(index..<part.upperBound) }
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte &- 9 < 5
  }

  /// Writes the root anew as far as `end`, the way PHP would write a variable.
  private mutating func mangle(_ end: Int, _ rules: PHPFormRules, _ buffer: inout [UInt8]) {
    let old = root.range
    let isKept = rules.rootNames == .kept
    guard isKept || buffer[old.lowerBound..<end].contains(where: Self.isMangled) else { return }
    let start = buffer.count
    for index in old.lowerBound..<end {
      let byte = buffer[index]
      if isKept, index < old.upperBound {
        buffer.append(contentsOf: [Self.hexadecimal(byte >> 4), Self.hexadecimal(byte & 15)])
      } else {
        buffer.append(Self.isMangled(byte) ? UInt8(ascii: "_") : byte)
      }
    }
    root = ParsedText(
      start: start, end: buffer.count, span: end > old.upperBound ? span : root.span)
  }

  private static func isMangled(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[")
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? digit + 48 : digit + 87
  }
}
