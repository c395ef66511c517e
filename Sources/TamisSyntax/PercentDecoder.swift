import TamisJSON
import TamisModel

/// Decodes pieces of a query string: `%XX` to a byte, `+` to a blank, and checks that the result is UTF-8 without
/// NUL. Decoded text is appended to the buffer that the source stands in.
enum PercentDecoder {
  /// Whether a byte stands for itself and needs no check.
  static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+") && byte &- 1 < 0x7F
  }

  /// Faults are reported with the span of the bytes at fault; a malformed escape stays as it is written.
  static func decode(
    _ buffer: inout [UInt8], _ range: Range<Int>, reporting bag: inout DiagnosticBag
  ) -> ParsedText {
    let span = SourceSpan(range.lowerBound, range.upperBound)
    var index = range.lowerBound
    while index < range.upperBound, isPlain(buffer[index]) { index += 1 }
    if index == range.upperBound {
      return ParsedText(start: range.lowerBound, end: range.upperBound, span: span)
    }
    let start = buffer.count
    if appendDecoded(&buffer, range, &bag) { checkUTF8(&buffer, range, start, &bag) }
    return ParsedText(start: start, end: buffer.count, span: span)
  }

  /// Source bytes of the character at `index`: 3 for an escape, 1 for what stands for itself.
  static func width(_ source: [UInt8], at index: Int, end: Int) -> Int {
    escapedByte(source, at: index, end: end) == nil ? 1 : 3
  }

  private static func escapedByte(_ source: [UInt8], at index: Int, end: Int) -> UInt8? {
    guard source[index] == UInt8(ascii: "%"), index + 2 < end,
      let high = UTF8Scan.hexadecimalDigit(source[index + 1]),
      let low = UTF8Scan.hexadecimalDigit(source[index + 2])
    else { return nil }
    return high << 4 | low
  }

  /// Gives whether the text holds bytes beyond ASCII.
  private static func appendDecoded(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ bag: inout DiagnosticBag
  ) -> Bool {
    var needsCheck = false
    var index = range.lowerBound
    while index < range.upperBound {
      let (byte, width) = decodedByte(buffer, at: index, end: range.upperBound, &bag)
      if byte >= 0x80 { needsCheck = true }
      buffer.append(byte)
      index += width
    }
    return needsCheck
  }

  /// The byte that stands at `index`, and the number of source bytes that spell it.
  private static func decodedByte(
    _ source: [UInt8], at index: Int, end: Int, _ bag: inout DiagnosticBag
  ) -> (UInt8, Int) {
    switch source[index] {
    case UInt8(ascii: "+"): return (UInt8(ascii: " "), 1)
    case 0: return reportNUL(SourceSpan(index, index + 1), &bag)
    case UInt8(ascii: "%"):
      guard let byte = escapedByte(source, at: index, end: end) else {
        bag.report(.malformedEscape, SourceSpan(index, Swift.min(index + 3, end)))
        return (UInt8(ascii: "%"), 1)
      }
      return byte == 0 ? reportNUL(SourceSpan(index, index + 3), &bag) : (byte, 3)
    case let byte: return (byte, 1)
    }
  }

  /// A blank stands in for it, so that no text holds a NUL after parsing.
  private static func reportNUL(_ span: SourceSpan, _ bag: inout DiagnosticBag) -> (UInt8, Int) {
    bag.report(.nulByte, span)
    return (UInt8(ascii: " "), span.count)
  }

  /// Bytes that are no UTF-8 are reported and made harmless, so that no text is ever invalid after parsing.
  private static func checkUTF8(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ start: Int, _ bag: inout DiagnosticBag
  ) {
    var index = start
    var hasReported = false
    while index < buffer.count {
      let length = UTF8Scan.validLength(buffer.span, at: index)
      if length > 0 {
        index += length
        continue
      }
      if !hasReported {
        hasReported = true
        bag.report(.invalidUTF8, sourceSpan(buffer, range, ofDecoded: index - start))
      }
      buffer[index] = UInt8(ascii: "?")
      index += 1
    }
  }

  /// Where a decoded byte was written. Looked up only for a fault.
  private static func sourceSpan(_ buffer: [UInt8], _ range: Range<Int>, ofDecoded offset: Int) -> SourceSpan
  {
    var index = range.lowerBound
    for _ in 0..<offset { index += width(buffer, at: index, end: range.upperBound) }
    return SourceSpan(index, index + width(buffer, at: index, end: range.upperBound))
  }
}
