import TamisModel

/// Turns the operand of a text operator into the one form of patterns.
enum PatternReader {
  enum Failure: Error {
    case trailingEscape
    case unknownEscape
  }

  /// Appends the pattern to the buffer. In `like`, `%` is any run, `_` any one scalar, and a backslash makes the
  /// next `%`, `_` or backslash literal.
  static func like(_ buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Operand {
    try like(&buffer, range, anyEscape: false)
  }

  // PostgreSQL: a backslash makes whatever follows it literal.
  static func postgreSQLLike(_ buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Operand {
    try like(&buffer, range, anyEscape: true)
  }

  private static func like(
    _ buffer: inout [UInt8], _ range: Range<Int>, anyEscape: Bool
  ) throws(Failure) -> Operand {
    let start = buffer.count
    var wildcards = Wildcards()
    var index = range.lowerBound
    while index < range.upperBound {
      var byte = buffer[index]
      index += 1
      switch byte {
      case UInt8(ascii: "%"):
        wildcards.hasRun = true
        continue
      case UInt8(ascii: "_"):
        wildcards.ones += 1
        continue
      case UInt8(ascii: "\\"):
        byte = try escaped(buffer, at: index, end: range.upperBound, anyEscape)
        index += 1
      default: break
      }
      wildcards.flush(into: &buffer)
      buffer.append(byte)
    }
    wildcards.flush(into: &buffer)
    return Operand(.pattern, text: start..<buffer.count)
  }

  private static func escaped(
    _ buffer: [UInt8], at index: Int, end: Int, _ anyEscape: Bool
  ) throws(Failure) -> UInt8 {
    guard index < end else { throw .trailingEscape }
    if anyEscape { return buffer[index] }
    switch buffer[index] {
    case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "\\"): return buffer[index]
    default: throw .unknownEscape
    }
  }

  /// Literal text with a run before and after it, as asked.
  static func literal(
    _ buffer: inout [UInt8], _ range: Range<Int>, leads: Bool, trails: Bool
  ) -> Operand {
    var pattern: [UInt8] = []
    pattern.reserveCapacity(range.count + 2)
    if leads { pattern.append(TextPattern.anyRun) }
    pattern.append(contentsOf: buffer[range])
    // `contains ""` is one run, not two.
    if trails, !(leads && range.isEmpty) { pattern.append(TextPattern.anyRun) }
    return store(pattern, &buffer)
  }

  /// Text after fixed bytes, and before a run where it trails. With wildcards `%` and `_` in the text are some, and
  /// nothing escapes them.
  static func text(
    _ buffer: inout [UInt8], _ range: Range<Int>, leading: [UInt8], trails: Bool, hasWildcards: Bool
  ) -> Operand {
    var pattern: [UInt8] = []
    var wildcards = Wildcards()
    for byte in leading {
      append(byte, isRun: byte == TextPattern.anyRun, isOne: false, &wildcards, &pattern)
    }
    for byte in buffer[range] {
      append(
        byte, isRun: hasWildcards && byte == UInt8(ascii: "%"),
        isOne: hasWildcards && byte == UInt8(ascii: "_"), &wildcards, &pattern)
    }
    if trails { wildcards.hasRun = true }
    wildcards.flush(into: &pattern)
    return store(pattern, &buffer)
  }

  private static func append(
    _ byte: UInt8, isRun: Bool, isOne: Bool, _ wildcards: inout Wildcards, _ pattern: inout [UInt8]
  ) {
    if isRun {
      wildcards.hasRun = true
    } else if isOne {
      wildcards.ones += 1
    } else {
      wildcards.flush(into: &pattern)
      pattern.append(byte)
    }
  }

  private static func store(_ pattern: [UInt8], _ buffer: inout [UInt8]) -> Operand {
    let start = buffer.count
    buffer.append(contentsOf: pattern)
    return Operand(.pattern, text: start..<buffer.count)
  }

  /// A run of wildcards, written with its any-ones first.
  private struct Wildcards {
    var ones = 0
    var hasRun = false

    mutating func flush(into pattern: inout [UInt8]) {
      for _ in 0..<ones { pattern.append(TextPattern.anyOne) }
      if hasRun { pattern.append(TextPattern.anyRun) }
      ones = 0
      hasRun = false
    }
  }
}
